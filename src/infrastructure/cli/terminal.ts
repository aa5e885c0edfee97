import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What a command line talks through. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Everything else. */
  err(text: string): void;
  /** Standard input to its end. */
  readInput(): Promise<string>;
  /** Whether a person looks at standard error, so that a line may change in place. */
  readonly interactive: boolean;
  /** Yes or no, from a person; `null` when nobody can type here. */
  confirm(question: string): Promise<boolean | null>;
  /** One line typed by a person, not shown; `null` when nobody can type here. */
  askSecret(question: string): Promise<string | null>;
}

const silent = new Writable({
  write: (_chunk, _encoding, done) => {
    done();
  },
});

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readInput: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  },
  get interactive() {
    return process.stderr.isTTY;
  },
  confirm: async (question) => {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
    } finally {
      lines.close();
    }
  },
  askSecret: async (question) => {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
    process.stderr.write(question);
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
    try {
      return await lines.question('');
    } finally {
      lines.close();
      process.stderr.write('\n');
    }
  },
};
