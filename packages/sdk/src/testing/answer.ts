import { formatEvent, HEARTBEAT } from '@async-chatbot/shared/event-stream';
import type { Problem } from '@async-chatbot/shared/problem';
import type { OperationId } from '../http/operation.ts';
import type { Reply } from './call.ts';
import type { Told } from './reply-events.ts';

/** An answer before it is HTTP. */
export interface Answer {
  status: number;
  headers: readonly (readonly [name: string, value: string])[];
  body: string | AsyncIterable<string>;
  /** What is sent when there is nothing to tell for long. */
  heartbeat?: string;
  /** Called once when the answer is over, or its reader has left. */
  onEnd?: (() => void) | undefined;
}

/** The answer that a reply of an operation is. */
export function answerOf(reply: Reply<OperationId>, requestId: string): Answer {
  const { status } = reply;
  const headers = (type: string) => headersOf(type, requestId);
  if ('lines' in reply) return { status, headers: headers('application/x-ndjson'), body: linesOf(reply.lines) };
  if ('events' in reply)
    return {
      status,
      headers: headers('text/event-stream'),
      body: framed(reply.events, requestId),
      heartbeat: HEARTBEAT,
    };
  const tag = 'version' in reply.body ? [['ETag', `"${reply.body.version}"`] as const] : [];
  return { status, headers: [...headers('application/json'), ...tag], body: JSON.stringify(reply.body) };
}

/** The answer that a problem is. */
export function answerOfProblem(problem: Problem, requestId: string): Answer {
  const headers = [...headersOf('application/problem+json', requestId), ...Object.entries(problem.headers)];
  return { status: problem.status, headers, body: JSON.stringify(problem.toDocument(requestId)) };
}

const STREAMS = ['application/x-ndjson', 'text/event-stream'];

const headersOf = (type: string, requestId: string): Answer['headers'] => [
  ['Content-Type', type],
  ['Cache-Control', STREAMS.includes(type) ? 'no-store, no-transform' : 'no-store'],
  ['X-Request-Id', requestId],
];

async function* linesOf(lines: readonly unknown[]): AsyncGenerator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function* framed(events: AsyncIterable<Told>, requestId: string): AsyncGenerator<string> {
  for await (const { id, retryMs, event } of events) {
    const data = event.type === 'reply-failed' ? { ...event, problem: event.problem.toDocument(requestId) } : event;
    yield formatEvent({
      ...(id !== undefined && { id }),
      ...(retryMs !== undefined && { retry: retryMs }),
      event: event.type,
      data: JSON.stringify(data),
    });
  }
}
