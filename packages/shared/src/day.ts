export const SECONDS_OF_DAY = 86_400;

/** From midnight to midnight UTC. */
export interface Day {
  /** RFC 3339, full-date. */
  name: string;
  /** When it ends, in seconds since the epoch. */
  endSeconds: number;
  /** In how many seconds it ends: 1 to SECONDS_OF_DAY. */
  secondsLeft: number;
}

export function dayOf(now: Date): Day {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const endSeconds = (Math.floor(nowSeconds / SECONDS_OF_DAY) + 1) * SECONDS_OF_DAY;
  return { name: now.toISOString().slice(0, 10), endSeconds, secondsLeft: endSeconds - nowSeconds };
}
