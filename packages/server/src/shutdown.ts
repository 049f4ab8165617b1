import { ConfigError } from './config/config.ts';

/** `EX_CONFIG` in sysexits(3). */
const EXIT_CONFIG = 78;

/** Runs `shutDown` on the first SIGINT or SIGTERM, then exits; a second signal exits at once. */
export function shutDownOnSignal(shutDown: () => Promise<void>): void {
  let isShuttingDown = false;
  const onSignal = () => {
    if (isShuttingDown) process.exit(1);
    isShuttingDown = true;
    shutDown().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
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
