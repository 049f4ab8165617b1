import { formatEvent, HEARTBEAT } from '@async-chatbot/shared/event-stream';
import type { Problem } from '@async-chatbot/shared/problem';
import { rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { OperationId, OperationResponse } from '../operation.ts';
import type { StreamEvent } from '../turns/reply-events.ts';
import type { HttpResponse, TextResponse } from './handle.ts';

/** Converts a handler's response to HTTP. Its quota headers replace rate limit headers of the same name. */
export function operationResponse(
  response: OperationResponse<OperationId>,
  headers: Record<string, string> | undefined,
  requestId: string,
): HttpResponse {
  const { status, quotas } = response;
  const common = { ...headers, ...(quotas && rateLimitHeaders(quotas)) };
  if ('lines' in response)
    return { status, headers: streamHeaders('application/x-ndjson', common), body: ndjson(response.lines) };
  if ('events' in response) {
    const streamed = streamHeaders('text/event-stream', { ...common, 'X-Accel-Buffering': 'no' });
    return { status, headers: streamed, body: frames(response.events, requestId), heartbeat: HEARTBEAT };
  }
  if (!('body' in response))
    return { status, headers: Object.entries({ 'Cache-Control': 'no-store', ...common }), body: '' };
  const { body } = response;
  const converted = json(status, 'application/json', body, common);
  if ('version' in body) converted.headers.push(['ETag', `"${body.version}"`]);
  return converted;
}

/** A problem document (RFC 9457). */
export const problemResponse = (
  problem: Problem,
  headers: Record<string, string> | undefined,
  requestId: string,
): TextResponse =>
  json(problem.status, 'application/problem+json', problem.toDocument(requestId), { ...headers, ...problem.headers });

function json(status: number, type: string, body: unknown, headers: Record<string, string>): TextResponse {
  const own: HttpResponse['headers'] = [
    ['Content-Type', type],
    ['Cache-Control', 'no-store'],
    ...Object.entries(headers),
  ];
  return { status, headers: own, body: JSON.stringify(body) };
}

/** `no-transform` stops proxies from compressing a stream, which would buffer it (RFC 9111, section 5.2.2.6). */
const streamHeaders = (type: string, headers: Record<string, string>): HttpResponse['headers'] =>
  Object.entries({ 'Content-Type': type, 'Cache-Control': 'no-store, no-transform', ...headers });

async function* ndjson(lines: AsyncIterable<unknown>): AsyncGenerator<string, void> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function* frames(events: AsyncIterable<StreamEvent>, requestId: string): AsyncGenerator<string, void> {
  for await (const { id, retryMs, event } of events) {
    // A failed reply's problem has the id of the request that streams it.
    const data = event.type === 'reply-failed' ? { ...event, problem: event.problem.toDocument(requestId) } : event;
    yield formatEvent({
      ...(id !== undefined && { id }),
      ...(retryMs !== undefined && { retry: retryMs }),
      event: event.type,
      data: JSON.stringify(data),
    });
  }
}
