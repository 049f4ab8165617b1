import type { Logger } from 'pino';
import { ConfigError } from './config/config.ts';
import { framesOf } from './error-frames.ts';

/** `EX_CONFIG` in sysexits(3). */
const EXIT_CONFIG = 78;

/**
 * Runs `shutDown` on the first SIGINT or SIGTERM, then exits; a second signal exits at once. An uncaught error is
 * logged without its message, which may quote a request, or printed as `explain` describes it; the requests in progress
 * complete, and the exit code is 1.
 */
export function shutDownOnSignal(
  log: Logger,
  shutDown: () => Promise<void>,
  explain: (error: unknown) => string | undefined = () => undefined,
): void {
  let isShuttingDown = false;
  let exitCode = 0;
  const begin = () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    shutDown().then(() => process.exit(exitCode), fail);
  };
  let signals = 0;
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    begin();
  };
  process
    .on('SIGINT', onSignal)
    .on('SIGTERM', onSignal)
    // Also emitted for an unhandled rejection.
    .on('uncaughtException', (error: unknown) => {
      const explanation = explain(error);
      const reason = error instanceof Error ? error.name : typeof error;
      if (explanation === undefined) log.fatal({ reason, frames: framesOf(error) }, 'uncaught error');
      // The same failure may recur until the process ends.
      else if (!isShuttingDown) process.stderr.write(`${explanation}\n`);
      exitCode = 1;
      begin();
    });
}

/** Writes the reason to stderr and exits. */
export function fail(error: unknown): never {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is already in use. Set PORT to a free port.`;
  return error instanceof ConfigError ? error.message : (error.stack ?? error.message);
}
