import { ConfigError } from './config.ts';

/** EX_CONFIG of sysexits(3). */
const EXIT_CONFIG = 78;

/** Runs `end` on the first SIGINT or SIGTERM, then ends the process; a second signal ends it at once. */
export function endOnSignal(end: () => Promise<void>): void {
  let ending = false;
  const onSignal = () => {
    if (ending) process.exit(1);
    ending = true;
    end().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

/** Says on stderr why the process cannot go on, and ends it. */
export function fail(error: unknown): never {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Set PORT to a free one.`;
  return error instanceof ConfigError ? error.message : (error.stack ?? error.message);
}
