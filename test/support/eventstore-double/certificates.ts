import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TempFolder } from '../temp-folder.js';

export interface Certificate {
  /** File that clients trust: it is its own authority. */
  readonly file: string;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** A certificate for this machine alone, made by openssl. */
export const selfSigned = (openssl: string, folder: TempFolder): Certificate => {
  const [file, keyFile] = [folder.file('node.crt'), folder.file('node.key')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=eventstore-double', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync(openssl, [...request, ...subject, '-keyout', keyFile, '-out', file], { stdio: 'pipe' });
  return { file, certificate: readFileSync(file), key: readFileSync(keyFile) };
};
