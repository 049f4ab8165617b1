import type { Response } from 'express';

/** Calls `release` once the response is over or its client has left, also if that was before: `close` fires once. */
export function onClose(res: Response, release: () => void): void {
  if (res.destroyed) release();
  else res.once('close', release);
}
