import { Command } from 'commander';
import type { CommandLine } from './command-line.js';
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
  program.addCommand(userCommands(commandLine));
  return program;
};
