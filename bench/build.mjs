// Makes dist/bench of bench/**/*.ts, file by file: the types are checked by `npm run typecheck`, and the server that is measured is the built one.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const from = fileURLToPath(new URL('.', import.meta.url));
const to = fileURLToPath(new URL('../dist/bench/', import.meta.url));
const { config } = ts.readConfigFile(join(from, '../tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, sourceMap: false }, from);

for (const name of readdirSync(from, { recursive: true })) {
  if (!name.endsWith('.ts')) continue;
  const target = join(to, name.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), {
    // Alone, a file does not know of the package.json that makes it a module.
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext, inlineSourceMap: true, inlineSources: true },
    fileName: join(from, name),
  });
  writeFileSync(target, outputText);
}
