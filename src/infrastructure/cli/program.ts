import { Command } from 'commander';
import { auditCommands } from './audit-commands.js';
import type { CommandLine } from './command-line.js';
import { eventCommands } from './event-commands.js';
import { projectionCommands } from './projection-commands.js';
import { userCommands } from './user-commands.js';

/** `parley`: results on standard output, everything else on standard error; exit codes of `exit-codes.ts`. */
export const programOf = (commandLine: CommandLine): Command => {
  const program = new Command('parley')
    .description('Instant messaging for organisations: the server and its administration.')
    .version(commandLine.version)
    .showHelpAfterError('(parley help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        commandLine.terminal.out(text);
      },
      writeErr: (text) => {
        commandLine.terminal.err(text);
      },
    });
  program
    .command('serve')
    .description('start the server (as npm start does)')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => commandLine.serve());
  for (const commands of [userCommands, projectionCommands, auditCommands, eventCommands])
    program.addCommand(commands(commandLine));
  return program;
};
