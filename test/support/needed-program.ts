import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where the first of these programs is; `null`: none is installed. */
export const findProgram = (...names: readonly string[]): string | null => {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? null;
};

/**
 * A group of tests that needs a program of the machine. Without it they are skipped, loudly; with PARLEY_TEST_ALL=1, as in CI, that is a failure.
 */
export const describeWith = (
  program: string,
  path: string | null,
  title: string,
  tests: (path: string) => void,
): void => {
  if (path !== null) {
    describe(title, () => {
      tests(path);
    });
    return;
  }
  const words = `SKIPPED for want of ${program}: ${title}`;
  describe(title, () => {
    it(words, () => {
      console.warn(words);
      if (process.env['PARLEY_TEST_ALL'] === '1')
        throw new Error(`${program} is not installed, and nothing may be skipped here`);
    });
  });
};
