import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Outcome {
  /** 0 if the connection broke. */
  status: number;
  ms: number;
  hasRetryAfter: boolean;
}

/**
 * Sends one request repeatedly, at little cost for the machine that it shares with the server: like a load balancer, on connections
 * that stay open, and requests that find none free wait.
 */
export function loadGenerator(baseUrl: string, request: string, maxConnections: number) {
  const free: Socket[] = [];
  const open = new Set<Socket>();
  const waiting: ((socket: Socket) => void)[] = [];
  const results: Outcome[] = [];

  function release(socket: Socket): void {
    const next = waiting.shift();
    if (next) next(socket);
    else free.push(socket);
  }

  function take(use: (socket: Socket) => void): void {
    const socket = free.pop();
    if (socket) use(socket);
    else if (open.size >= maxConnections) waiting.push(use);
    else use(newConnection());
  }

  function newConnection(): Socket {
    const opened = connect(Number(new URL(baseUrl).port), '127.0.0.1')
      .setEncoding('latin1')
      .setNoDelay();
    open.add(opened);
    opened.on('error', () => undefined);
    opened.once('close', () => open.delete(opened));
    return opened;
  }

  const send = (): Promise<void> =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      take((socket) => {
        let received = '';
        const finish = (status: number) => {
          socket.off('data', onData).off('close', onClose);
          const hasRetryAfter = /\r\nretry-after: \d/i.test(received);
          results.push({ status, ms: performance.now() - startedAt, hasRetryAfter });
          if (status > 0) release(socket);
          resolve();
        };
        const onClose = () => finish(0);
        const onData = (chunk: string) => {
          received += chunk;
          const headEnd = received.indexOf('\r\n\r\n');
          const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
          if (headEnd < 0 || received.length < headEnd + 4 + Number(length)) return;
          finish(Number(received.slice(9, 12)));
        };
        socket.on('data', onData).once('close', onClose).write(request);
      });
    });

  function close(): void {
    for (const socket of open) socket.destroy();
  }
  onTestFinished(close);

  return {
    send,
    close,
    /** Returns the outcomes since the last call. */
    take: () => results.splice(0),
  };
}
