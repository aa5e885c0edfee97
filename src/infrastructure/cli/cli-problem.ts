import { EXIT } from './exit-codes.js';

/** A command that cannot be done, in words that say what to do. */
export class CliProblem extends Error {
  override readonly name = 'CliProblem';
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
