#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/program/cli.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  console.error('parley: not built yet. Run `npm run build` first.');
  process.exitCode = 1;
}
