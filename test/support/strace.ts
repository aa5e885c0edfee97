import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

export interface Traced {
  readonly code: number | null;
  readonly output: string;
  /** The lines of the trace, in the order of events. */
  readonly trace: readonly string[];
}

/** Runs an ES module text in a Node process of its own, under strace. */
export const traced = async (
  options: readonly string[],
  source: string,
  parameters: readonly string[],
  traceFile: string,
): Promise<Traced> => {
  const program = `${traceFile}.mjs`; // not by --eval: its threads would inherit that
  writeFileSync(program, source);
  const node = [process.execPath, program, ...parameters];
  const child = spawn('strace', ['-f', '-qq', '-s', '32', '-o', traceFile, ...options, ...node], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const trace = readFileSync(traceFile, 'utf8').split('\n');
  if (code !== 0 && errors !== '') output += `\nstderr: ${errors}`;
  return { code, output, trace };
};
