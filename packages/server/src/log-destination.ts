import pino, { type DestinationStream } from 'pino';

/** The maximum backlog while nothing reads the log; further lines are dropped. */
const MAX_UNREAD_BYTES = 10_000_000;

/** How long an exit may take to write the last lines; without a limit, it would wait for a reader forever. */
const FLUSH_MS = 500;

/**
 * Standard output that neither delays requests nor prevents an exit when nothing reads it. The first line of an iteration of
 * the event loop is written at once and the others together, since pino's destination copies all waiting lines for each new one.
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
  /** Lines of this iteration after its first; undefined before that. */
  let lines: string | undefined;

  function writeLines(): void {
    const rest = lines;
    lines = undefined;
    if (rest) write(rest);
  }

  destination.write = (line) => {
    if (lines === undefined) {
      lines = '';
      setImmediate(writeLines);
      return write(line);
    }
    lines += line;
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
