/** What the link needs of a WebSocket. */
export interface Socket {
  send(text: string): void;
  close(code?: number): void;
}

export interface SocketListener {
  opened(): void;
  received(text: string): void;
  /** Once; also when it never opened. */
  closed(code: number): void;
}

export type OpenSocket = (listener: SocketListener) => Socket;

export const browserSocket =
  (url: string): OpenSocket =>
  (listener) => {
    const socket = new WebSocket(url);
    socket.onopen = () => {
      listener.opened();
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') listener.received(data);
    };
    socket.onclose = ({ code }) => {
      listener.closed(code);
    };
    return socket;
  };
