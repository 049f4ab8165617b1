import { join } from 'node:path';

const CLOCK = join(import.meta.dirname, 'clock.ts');

/** The environment of a server whose clock is this far ahead, or behind if negative. */
export const clockAhead = (ms: number): Record<string, string> => ({
  NODE_OPTIONS: `--import=${CLOCK}`,
  CLOCK_AHEAD_MS: String(ms),
});
