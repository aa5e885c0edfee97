// Joins the built server and the packages it uses into few files in dist/program: Node reads one file in the time it takes to look for a dozen, and
// a server is ready in half the time. What runs is always this; the separate files in dist/server are for tests.
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const server = join(root, 'dist/server');
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map(({ parentPath, name }) => join(parentPath, name));

/** The programs, and the modules that worker threads load by the place of whoever starts them. */
const entries = [
  join(server, 'main.js'),
  join(server, 'cli.js'),
  ...filesIn(join(server, 'infrastructure')).filter((file) => /(-program|\/sqlite\/worker)\.js$/.test(file)),
];
/** Stay packages: they bring binaries, load files of their own, or are wanted by few. */
const packages = /^(@node-rs\/|@photostructure\/|@eventstore\/|mongodb$|pino$)/;
/** Nest looks for these, and does without. */
const absent =
  /^(@nestjs\/(microservices|platform-socket.io)|@fastify\/|class-validator|class-transformer|bufferutil|utf-8-validate)/;

rmSync(join(root, 'dist/program'), { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((file) => [basename(file, '.js'), file])),
  platform: 'node',
  external: (id) => packages.test(id) || absent.test(id),
  onLog: (level, log, report) => {
    // Packages' own matters.
    if (!/EVAL|CIRCULAR_DEPENDENCY/.test(log.code ?? '')) report(level, log);
  },
});
await bundle.write({
  dir: join(root, 'dist/program'),
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'part-[hash].js',
  keepNames: true, // dependency injection and errors go by the names of classes
  sourcemap: true,
});
await bundle.close();
