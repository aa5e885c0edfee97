import { hash } from 'node:crypto';

const NAMESPACE_BYTES = 16;
const SHORT_NAME = 256;
/** Used within one call only: nothing is allocated for short names, which all of ours are. */
const scratch = Buffer.alloc(NAMESPACE_BYTES + SHORT_NAME);

/** Name-based UUID of version 5 (RFC 9562): the same name in the same namespace is the same id, everywhere. */
export const uuidv5 = (namespace: string, name: string): string => {
  const hex = hash('sha1', bytesOf(namespace, name), 'hex');
  const variant = VARIANTS.charAt(parseInt(hex.charAt(16), 16) & 0x3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const VARIANTS = '89ab';
/** The five groups of hexadecimal digits in the text of a UUID: where each begins and ends, and its first byte. */
const GROUPS = [
  [0, 8, 0],
  [9, 13, 4],
  [14, 18, 6],
  [19, 23, 8],
  [24, 36, 10],
] as const;

const bytesOf = (namespace: string, name: string): Buffer => {
  const fits = name.length * 3 <= SHORT_NAME;
  const bytes = fits ? scratch : Buffer.alloc(NAMESPACE_BYTES + Buffer.byteLength(name));
  for (const [from, to, at] of GROUPS) bytes.write(namespace.slice(from, to), at, 'hex');
  const end = NAMESPACE_BYTES + bytes.write(name, NAMESPACE_BYTES);
  return bytes.subarray(0, end);
};
