import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/**
 * Sends of one turn of the event loop leave together: the TCP socket is corked with the first frame and uncorked when the turn is over, so that an
 * outcome and the deltas that come with it cost one system call.
 */
const corked = new Set<Socket>();
let scheduled = false;

const uncorkAll = (): void => {
  scheduled = false;
  for (const socket of corked) socket.uncork();
  corked.clear();
};

export const sendText = (webSocket: WebSocket, text: string): void => {
  // `_socket` is ws's own name for the TCP socket; without it, frames are sent one by one.
  const socket = (webSocket as unknown as { _socket?: Socket })._socket;
  if (socket && !corked.has(socket)) {
    socket.cork();
    corked.add(socket);
    if (!scheduled) {
      scheduled = true;
      setImmediate(uncorkAll);
    }
  }
  webSocket.send(text);
};
