export const SECONDS_OF_DAY = 86_400;

/** A UTC day. */
export interface Day {
  /** An RFC 3339 `full-date`, such as `2026-11-26`. */
  name: string;
  /** When it ends, in seconds since the epoch. */
  endSeconds: number;
  /** Seconds until it ends, from 1 to `SECONDS_OF_DAY`. */
  secondsLeft: number;
}

export function dayOf(now: Date): Day {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const endSeconds = (Math.floor(nowSeconds / SECONDS_OF_DAY) + 1) * SECONDS_OF_DAY;
  return { name: now.toISOString().slice(0, 10), endSeconds, secondsLeft: endSeconds - nowSeconds };
}
