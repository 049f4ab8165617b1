import { v7 } from 'uuid';

/** Returns UUIDv7s, each larger than the one before even if the clock stands still or goes back. */
export function newIds(now: () => Date): () => string {
  let msecs = 0;
  let seq = 0;
  return () => {
    msecs = Math.max(msecs, now().getTime());
    seq += 1;
    return v7({ msecs, seq });
  };
}
