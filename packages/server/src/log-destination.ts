import pino, { type DestinationStream } from 'pino';

/** The maximum backlog while nothing reads the log; further lines are dropped. */
const MAX_UNREAD_BYTES = 10_000_000;

/** How long an exit may take to write the last lines; without a limit, it would wait for a reader forever. */
const FLUSH_MS = 500;

/**
 * Standard output that neither delays requests nor prevents an exit when nothing reads it. The lines of an iteration of the
 * event loop are written in one piece, since pino's destination copies all waiting lines for each new one. An exit writes
 * them too, but a kill or a crash of Node.js loses those of its iteration.
 */
export function logDestination(): DestinationStream {
  let flushEndMs = Number.POSITIVE_INFINITY;
  const destination = pino.destination({
    dest: process.stdout.fd,
    sync: false,
    maxLength: MAX_UNREAD_BYTES,
    retryEAGAIN: () => performance.now() < flushEndMs,
  });
  const write = destination.write.bind(destination);
  const flush = destination.flushSync.bind(destination);
  /** The lines of this iteration. */
  let waiting = '';

  function writeLines(): void {
    const piece = waiting;
    waiting = '';
    if (piece !== '') write(piece);
  }

  destination.write = (line) => {
    if (waiting === '') setImmediate(writeLines);
    waiting += line;
    return true;
  };

  // pino calls it at exit and after a fatal error.
  destination.flushSync = () => {
    flushEndMs = performance.now() + FLUSH_MS;
    try {
      writeLines();
      flush();
    } catch {
      // The rest of the log is lost.
    } finally {
      flushEndMs = Number.POSITIVE_INFINITY;
    }
  };
  return destination;
}
