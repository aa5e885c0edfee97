import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder {
  readonly path: string;
  file(name: string): string;
  remove(): void;
}

export const tempFolder = (): TempFolder => {
  const path = mkdtempSync(join(tmpdir(), 'parley-test-'));
  return {
    path,
    file: (name) => join(path, name),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
};
