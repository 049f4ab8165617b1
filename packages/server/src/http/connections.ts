import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server, and their responses in progress. */
export interface Connections {
  onConnection(socket: Socket): void;
  /** Call it for every request, before the response has headers. */
  onRequest(req: IncomingMessage, res: ServerResponse): void;
  count(): number;
  /** Whether a connection is open, or was until a moment ago: clients and proxies may use the server. */
  isInUse(): boolean;
  /** The responses in progress on a connection: several if requests are pipelined. */
  responsesOn(socket: Socket): readonly ServerResponse[];
  /** From now on, every response closes its connection. */
  announceClose(): void;
  /**
   * Closes connections on which no request has begun recently and none is in progress. A request that has arrived only in part
   * does not count as in progress.
   */
  closeUnused(): void;
}

interface Connection {
  /** When it was opened, or its last request began. */
  usedAtMs: number;
  /** An array: a `Set` would keep responses in memory after their end (decision 30). */
  responses: ServerResponse[];
}

/** The rest of a request may be on its way. */
const RECENT_MS = 1000;

/** Longer than the usual time between two health checks or requests of a proxy. */
const IN_USE_MS = 15_000;

export function trackConnections(): Connections {
  const open = new Map<Socket, Connection>();
  let closedAtMs = Number.NEGATIVE_INFINITY;
  let isClosing = false;

  return {
    onConnection(socket) {
      open.set(socket, { usedAtMs: performance.now(), responses: [] });
      socket.once('close', () => {
        open.delete(socket);
        closedAtMs = performance.now();
      });
    },

    onRequest({ socket }, res) {
      if (isClosing) res.setHeader('Connection', 'close');
      const connection = open.get(socket);
      if (!connection) return;
      connection.usedAtMs = performance.now();
      const { responses } = connection;
      responses.push(res);
      res.on('close', () => responses.splice(responses.indexOf(res), 1));
    },

    count: () => open.size,
    isInUse: () => open.size > 0 || performance.now() - closedAtMs < IN_USE_MS,
    responsesOn: (socket) => open.get(socket)?.responses ?? [],

    announceClose() {
      isClosing = true;
      for (const { responses } of open.values())
        for (const res of responses) if (!res.headersSent) res.setHeader('Connection', 'close');
    },

    closeUnused() {
      const nowMs = performance.now();
      for (const [socket, { usedAtMs, responses }] of open) {
        const [first, second] = responses;
        const isIncomplete = first && !second && !first.req.complete;
        if ((!first || isIncomplete) && nowMs - usedAtMs >= RECENT_MS) socket.destroy();
      }
    },
  };
}
