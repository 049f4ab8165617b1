import { write } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogRecord } from './by-hand.ts';

/** Writes the same lines as the server, without a library: one write at a time, of all lines that wait. */
export function logByHand() {
  let waiting = '';
  let isWriting = false;

  return function log({ method }: IncomingMessage, res: ServerResponse, record: LogRecord, startedAt: number): void {
    const status = res.writableFinished ? res.statusCode : '"aborted"';
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const user = record.user ? `,"user":"${record.user.hash}"` : '';
    waiting +=
      `{"level":30,"time":${Date.now()},"requestId":"${record.requestId}","operation":"${record.operation}",` +
      `"method":"${method}","status":${status},"durationMs":${durationMs}${user},"msg":"request"}\n`;
    if (!isWriting) writeWaiting();
  };

  function writeWaiting(): void {
    const lines = waiting;
    waiting = '';
    isWriting = true;
    write(process.stdout.fd, lines, () => {
      isWriting = false;
      if (waiting) writeWaiting();
    });
  }
}
