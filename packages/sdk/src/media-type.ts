import type { OperationId, StreamId } from './operation.ts';

export const NDJSON = 'application/x-ndjson';
export const EVENT_STREAM = 'text/event-stream';

/** What the operations answer that know no other answer than a stream; the compiler tells when one is missing. */
const streams: Readonly<Record<StreamId, string>> = { exportData: NDJSON, resumeReply: EVENT_STREAM };

/** The media type of an operation's success, unless another is asked for. */
export function mediaTypeOf(id: OperationId): string {
  // The cast: the type of an object has only the keys that it has for sure.
  return (streams as Readonly<Partial<Record<OperationId, string>>>)[id] ?? 'application/json';
}
