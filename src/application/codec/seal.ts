import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes drawn a page at a time: one system call serves some hundred seals. */
const pool = Buffer.alloc(IV_BYTES * 512);
let used = pool.length;
const freshIv = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return Buffer.from(pool.subarray(used, (used += IV_BYTES)));
};

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV: base64 of IV, tag and ciphertext. `context` is authenticated and not stored: a seal
 * opens only in the place that it was made for.
 */
export const seal = (plain: string, key: Buffer, context: string): string => {
  const iv = freshIv();
  const cipher = createCipheriv(CIPHER, key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain, 'utf8');
  cipher.final(); // GCM gives nothing more, but computes the tag here
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
};

/** Fails when key, context or a single bit is not the sealed one. */
export const unseal = (sealed: string, key: Buffer, context: string): string => {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
  return Buffer.concat([body, decipher.final()]).toString('utf8');
};
