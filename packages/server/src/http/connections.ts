import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server, and their responses in progress. */
export interface Connections {
  onConnection(socket: Socket): void;
  /** Call it for every request, before the response has headers. */
  onRequest(req: IncomingMessage, res: ServerResponse): void;
  count(): number;
  /** The responses in progress on a connection: several if requests are pipelined. */
  responsesOn(socket: Socket): readonly ServerResponse[];
  /** From now on, every response closes its connection. */
  announceClose(): void;
  /**
   * Closes connections with no request in progress, including those that have sent only part of a header. If
   * `includeIncompleteBodies`, also closes those whose request body is still arriving.
   */
  closeUnused(options: { includeIncompleteBodies: boolean }): void;
}

interface Connection {
  openedAtMs: number;
  responses: Set<ServerResponse>;
}

/** A younger connection may have a request on its way. */
const YOUNG_MS = 1000;

export function trackConnections(): Connections {
  const open = new Map<Socket, Connection>();
  let isClosing = false;

  return {
    onConnection(socket) {
      open.set(socket, { openedAtMs: performance.now(), responses: new Set() });
      socket.once('close', () => open.delete(socket));
    },

    onRequest({ socket }, res) {
      if (isClosing) res.setHeader('Connection', 'close');
      const responses = open.get(socket)?.responses;
      responses?.add(res);
      res.once('close', () => responses?.delete(res));
    },

    count: () => open.size,
    responsesOn: (socket) => [...(open.get(socket)?.responses ?? [])],

    announceClose() {
      isClosing = true;
      for (const { responses } of open.values())
        for (const res of responses) if (!res.headersSent) res.setHeader('Connection', 'close');
    },

    closeUnused({ includeIncompleteBodies }) {
      const nowMs = performance.now();
      for (const [socket, { openedAtMs, responses }] of open) {
        const [first, second] = responses;
        const isUnused = !first && nowMs - openedAtMs >= YOUNG_MS;
        const isIncomplete = first && !second && !first.req.complete;
        if (isUnused || (includeIncompleteBodies && isIncomplete)) socket.destroy();
      }
    },
  };
}
