import { ApiError } from '../errors/api-error.ts';
import type { Problem } from '../schemas.ts';
import { noEventFrames, readEventFrames } from '../streaming/event-frames.ts';
import { readNdjson } from '../streaming/ndjson.ts';
import { EVENT_STREAM, NDJSON } from './media-type.ts';
import type { RequestTimeout } from './request-timeout.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** Returns the body of a successful response of this media type. Throws an `ApiError` for any other response. */
export async function parseResponse(
  mediaType: string,
  response: Response,
  requestId: string | undefined,
  timeout: RequestTimeout,
): Promise<unknown> {
  const { ok, status, headers, body } = response;
  const type = headers.get('content-type') ?? '';
  const readStream = streamReaders[mediaType];
  if (status === 204 && mediaType === EVENT_STREAM) return noEventFrames();
  if (ok && readStream && body && type.startsWith(mediaType)) return readStream(body, timeout);
  const json = parseJson(await response.text().catch(timeout.fail));
  if (ok && !readStream && (json !== undefined || status === 204)) return json;
  // Gateways send problem documents too, but only those of the API have a `code`.
  const isFromApi = type.startsWith('application/problem+json') && typeof json?.code === 'string';
  throw new ApiError(status, isFromApi ? json : undefined, requestId, retryAfterSeconds(headers));
}

type StreamReader = (body: ReadableStream<Uint8Array>, timeout: RequestTimeout) => AsyncIterable<unknown>;

const streamReaders: Readonly<Record<string, StreamReader>> = {
  [NDJSON]: readNdjson,
  [EVENT_STREAM]: readEventFrames,
};

/** The result is typed as a problem because only the fields of a problem are read here. */
function parseJson(text: string): Problem | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
