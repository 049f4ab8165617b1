import { v7 } from 'uuid';

/** UUIDs of version 7, each larger than the one before, also while the clock stands still or is set back. */
export function newIds(now: () => Date): () => string {
  let msecs = 0;
  let seq = 0;
  return () => {
    msecs = Math.max(msecs, now().getTime());
    seq += 1;
    return v7({ msecs, seq });
  };
}
