import { SOCKET_PATH } from '../../../src/application/protocol/index.js';
import { browserSocket, systemClock, type SessionHttp } from '../session/index.js';
import { Client } from './client.js';

/** The client of this page, with everything that it takes from the browser. */
export const connectedClient = (http: SessionHttp): Client => {
  const url = new URL(SOCKET_PATH, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = new Client({
    openSocket: browserSocket(url.href),
    clock: systemClock,
    random: () => Math.random(),
    newId,
    isSignedOut: async () => (await http.whoAmI()).kind === 'signed-out',
  });
  const nudge = (): void => {
    if (!document.hidden) client.nudge();
  };
  window.addEventListener('online', nudge);
  window.addEventListener('focus', nudge);
  document.addEventListener('visibilitychange', nudge);
  window.addEventListener('pagehide', () => {
    client.finishLeaves();
  });
  return client;
};

/** A random UUID. `crypto.randomUUID` is missing on pages that came over plain HTTP from another machine. */
const newId = (): string => {
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
