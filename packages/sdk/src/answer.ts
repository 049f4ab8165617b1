import { ApiError } from './api-error.ts';
import { readFrames } from './event-frames.ts';
import { EVENT_STREAM, NDJSON } from './media-type.ts';
import { type Lost, readLines } from './ndjson.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { Problem } from './schemas.ts';

/** The body of a success of this media type; whatever is not one is thrown as an `ApiError`, and what breaks off is `lost`. */
export async function readAnswer(mediaType: string, response: Response, lost: Lost): Promise<unknown> {
  const { ok, status, headers, body } = response;
  const readStream = readers.get(mediaType);
  if (ok && readStream && body && isOfType(mediaType, headers)) return readStream(body, lost);
  const json = parseJson(await response.text().catch(lost));
  if (ok && !readStream && (json !== undefined || status === 204)) return json;
  const problem = isProblem(headers, json) ? json : undefined;
  const requestId = headers.get('x-request-id') ?? problem?.request_id;
  throw new ApiError(status, problem, requestId, retryAfterSeconds(headers));
}

const readers = new Map<string, (body: ReadableStream<Uint8Array>, lost: Lost) => AsyncIterable<unknown>>([
  [NDJSON, readLines],
  [EVENT_STREAM, readFrames],
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gateways answer problems too; the `code` tells ours. */
function isProblem(headers: Headers, body: unknown): body is Problem {
  const isRightType = isOfType('application/problem+json', headers);
  return isRightType && typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}

function isOfType(mediaType: string, headers: Headers): boolean {
  return headers.get('content-type')?.startsWith(mediaType) ?? false;
}
