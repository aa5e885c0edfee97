// Starts the double of EventStoreDB that the tests use, for people who want to look at Parley on EventStoreDB without a server of it.
// It is no store to rely on. [--port N] (default 2113), [--file F] keeps the log; without it the log is in memory.
import { register } from 'node:module';
import { parseArgs } from 'node:util';

/** The double is TypeScript in test/: it is compiled while it is loaded. */
const hooks = `
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from ${JSON.stringify(import.meta.resolve('@swc/core'))};

export const resolve = (specifier, context, next) => {
  if (specifier.startsWith('.') && specifier.endsWith('.js')) {
    const source = new URL(specifier.replace(/\\.js$/, '.ts'), context.parentURL);
    if (source.protocol === 'file:' && existsSync(fileURLToPath(source))) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
};

export const load = async (url, context, next) => {
  if (!url.endsWith('.ts')) return next(url, context);
  const text = await readFile(fileURLToPath(url), 'utf8');
  const options = { filename: fileURLToPath(url), sourceMaps: 'inline', module: { type: 'es6' } };
  const { code } = await transform(text, { ...options, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } });
  return { format: 'module', source: code, shortCircuit: true };
};`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { values } = parseArgs({ options: { port: { type: 'string' }, file: { type: 'string' } } });
const { EventStoreDouble } = await import('../test/support/eventstore-double/eventstore-double.ts');
const double = await EventStoreDouble.start({
  port: Number(values.port ?? 2113),
  ...(values.file === undefined ? {} : { file: values.file }),
});
console.log(`The EventStoreDB double listens: ${double.connectionString()}`);
console.log(values.file === undefined ? 'Its log is in memory and ends with it.' : `Its log is in ${values.file}.`);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    void double.stop().then(() => process.exit(0));
  });
