import type { OperationId, OperationResponse } from '@async-chatbot/core/operation';
import type { StreamEvent } from '@async-chatbot/core/turns/reply-events';
import type { ServerSentEvent } from '@async-chatbot/shared/event-stream';
import { rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { Response } from 'express';
import { sendJson } from './http/send-json.ts';
import { sendLines } from './http/send-ndjson.ts';
import { sendEvents } from './http/send-sse.ts';

/** An operation's reply becomes HTTP: JSON, lines of it, or events. */
export async function sendReply(res: Response, reply: OperationResponse<OperationId>): Promise<void> {
  const { status, left } = reply;
  if (left) res.set(rateLimitHeaders(left));
  // A proxy that compresses what comes bit by bit may hold it back until it has enough (RFC 9111, section 5.2.2.6).
  if ('lines' in reply || 'events' in reply) res.setHeader('Cache-Control', 'no-store, no-transform');
  if ('lines' in reply) return sendLines(res, status, reply.lines);
  if ('events' in reply) return sendEvents(res, status, framed(reply.events, res.locals.requestId));
  if ('version' in reply.body) res.setHeader('ETag', `"${reply.body.version}"`);
  sendJson(res, status, 'application/json', reply.body);
}

async function* framed(events: AsyncIterable<StreamEvent>, requestId: string): AsyncGenerator<ServerSentEvent> {
  for await (const event of events) yield frameOf(event, requestId);
}

/** What went wrong is told of this request. */
function frameOf({ id, retryMs, event }: StreamEvent, requestId: string): ServerSentEvent {
  const data = event.type === 'reply-failed' ? { ...event, problem: event.problem.toDocument(requestId) } : event;
  return {
    ...(id !== undefined && { id }),
    ...(retryMs !== undefined && { retry: retryMs }),
    event: event.type,
    data: JSON.stringify(data),
  };
}
