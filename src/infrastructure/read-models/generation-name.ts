import type { Generation } from '../../application/ports/read-model-store.js';

/** Checked, because stores make names of tables and collections from it. */
export const generationName = (generation: Generation): string => {
  if (!/^[a-z][a-z0-9-]*__g\d+$/.test(generation)) throw new Error(`${generation} is no name of a generation`);
  return generation;
};
