import type { OperationId, StreamId } from './operation.ts';

export const NDJSON = 'application/x-ndjson';

/** The operations that answer a stream; the compiler tells when one is missing. */
const streams: Readonly<Record<StreamId, true>> = { exportData: true };

/** The media type of an operation's success. */
export function mediaTypeOf(id: OperationId): string {
  return id in streams ? NDJSON : 'application/json';
}
