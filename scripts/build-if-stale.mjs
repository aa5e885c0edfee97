// `npm start` builds when nothing is built, or when a source is newer than what was built from it.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const newestIn = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
};
const timeOf = (path) => {
  try {
    return statSync(join(root, path)).mtimeMs;
  } catch {
    return 0;
  }
};
const shared = ['package-lock.json'];
const parts = [
  {
    script: 'build:server',
    product: 'dist/program/main.js',
    sources: ['src', 'scripts/bundle.mjs', 'tsconfig.json', ...shared],
  },
  { script: 'build:web', product: 'dist/web/index.html', sources: ['frontend', 'src/application/protocol', ...shared] },
];
for (const { script, product, sources } of parts) {
  const builtAt = timeOf(product);
  if (builtAt > Math.max(...sources.map((source) => newestIn(join(root, source))))) continue;
  console.log(`Building (${script}) …`);
  execFileSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
