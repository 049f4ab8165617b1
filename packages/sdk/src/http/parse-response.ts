import { ApiError } from '../errors/api-error.ts';
import type { Problem } from '../schemas.ts';
import { readFrames } from '../streaming/event-frames.ts';
import { readLines } from '../streaming/ndjson.ts';
import { EVENT_STREAM, NDJSON } from './media-type.ts';
import type { Watch } from './request-timeout.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** The body of a success of this media type; whatever is not one is thrown as an `ApiError`. */
export async function readAnswer(
  mediaType: string,
  response: Response,
  requestId: string | undefined,
  watch: Watch,
): Promise<unknown> {
  const { ok, status, headers, body } = response;
  const type = headers.get('content-type') ?? '';
  const readStream = readers[mediaType];
  if (ok && readStream && body && type.startsWith(mediaType)) return readStream(body, watch);
  const json = parseJson(await response.text().catch(watch.lost));
  if (ok && !readStream && (json !== undefined || status === 204)) return json;
  // Gateways answer problems too; the `code` tells ours.
  const isOurs = type.startsWith('application/problem+json') && typeof json?.code === 'string';
  throw new ApiError(status, isOurs ? json : undefined, requestId, retryAfterSeconds(headers));
}

const readers: Readonly<Record<string, (body: ReadableStream<Uint8Array>, watch: Watch) => AsyncIterable<unknown>>> = {
  [NDJSON]: readLines,
  [EVENT_STREAM]: readFrames,
};

/** JSON may be anything; a problem is the one thing that is looked into here. */
function parseJson(text: string): Problem | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
