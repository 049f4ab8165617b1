import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server, and the response that each client is waiting for. */
export interface Connections {
  opened(socket: Socket): void;
  count(): number;
  /** Call it for every request, before the response has headers. */
  requested(req: IncomingMessage, res: ServerResponse): void;
  /** The response in progress on a connection. */
  responseOn(socket: Socket): ServerResponse | undefined;
  /** From now on, every response closes its connection. */
  announceClose(): void;
  /**
   * Closes connections whose client waits for no response: idle, without a request, or with half a header. Also those with half
   * a body if `halfBodies`.
   */
  closeUnused(options: { halfBodies: boolean }): void;
}

export function trackConnections(): Connections {
  const open = new Map<Socket, ServerResponse | undefined>();
  let isClosing = false;

  return {
    opened(socket) {
      open.set(socket, undefined);
      socket.once('close', () => open.delete(socket));
    },

    requested({ socket }, res) {
      if (isClosing) res.setHeader('Connection', 'close');
      open.set(socket, res);
      res.once('close', () => {
        // A later, pipelined request may have taken its place, and the socket may be closed.
        if (open.get(socket) === res) open.set(socket, undefined);
      });
    },

    count: () => open.size,

    responseOn: (socket) => open.get(socket),

    announceClose() {
      isClosing = true;
      for (const res of open.values()) if (res && !res.headersSent) res.setHeader('Connection', 'close');
    },

    closeUnused({ halfBodies }) {
      for (const [socket, res] of open) if (!res || (halfBodies && !res.req.complete)) socket.destroy();
    },
  };
}
