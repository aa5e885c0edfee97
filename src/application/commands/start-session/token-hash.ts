import { createHash } from 'node:crypto';

/** What is kept of a session token. A fast hash is enough: the token has 256 random bits. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');
