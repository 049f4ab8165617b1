import type { ServerResponse } from 'node:http';
import { formatEvent } from '@async-chatbot/shared/event-stream';
import { type CallOptions, createClient, type Message, type ReplyEvent } from '../../src/index.ts';
import { fixtureServer, type Responder } from './fixture-server.ts';

export const ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
export const REPLY = '01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1';
export const EVENTS = `GET /messages/${REPLY}/events`;
const DELTAS = ['Grüße, ', 'Ada! ', '🤖'];
export const TEXT = DELTAS.join('');

const common = { id_user: 'ada', timestamp: '2026-11-22T07:33:21.025Z', version: 1 };
const user_message: Message = { ...common, id_message: ID, content: 'canary', is_bot: false, id_reply: REPLY };

/** Returns a reply with this text and status. */
export function reply(content: string, status: NonNullable<Message['status']>): Message {
  return { ...common, id_message: REPLY, content, is_bot: true, status, reply_to: ID };
}

export type StreamEvent = readonly [id: string | undefined, event: ReplyEvent];

/** The events of a reply. Their ids are the run and the length of the text so far. */
export const streamEvents: readonly StreamEvent[] = [
  [undefined, { type: 'message-created', user_message }],
  ['1-0', { type: 'reply-started', bot_response: reply('', 'pending') }],
  ...DELTAS.map(
    (delta, index): StreamEvent => [`1-${DELTAS.slice(0, index + 1).join('').length}`, { type: 'reply-delta', delta }],
  ),
  [`1-${TEXT.length}`, { type: 'reply-completed', bot_response: reply(TEXT, 'completed') }],
];
export const replyEvents = streamEvents.map(([, event]) => event);
/** The events before the second delta, and their text. */
export const firstEvents = streamEvents.slice(0, 3);
export const FIRST_TEXT = 'Grüße, ';

/** Formats an event as a server-sent event. */
export function frame([id, event]: StreamEvent, retryMs?: number): string {
  const retry = retryMs !== undefined && { retry: retryMs };
  return formatEvent({ ...(id !== undefined && { id }), ...retry, event: event.type, data: JSON.stringify(event) });
}

export const frames = (events: readonly StreamEvent[]): string => events.map((event) => frame(event)).join('');
export const PAUSE = frame([undefined, { type: 'stream-paused', id_message: REPLY }], 1);

/** Starts the response of a stream. */
export function beginStream(res: ServerResponse, status = 200): ServerResponse {
  return res.writeHead(status, { 'content-type': 'text/event-stream' });
}

/** Responds with a stream of this text. */
export function stream(text: string): Responder {
  return (res) => beginStream(res).end(text);
}

/** Sends these bytes and disconnects. */
export function cutOff(bytes: Uint8Array | string): Responder {
  return (res) => {
    beginStream(res).flushHeaders();
    res.write(bytes, () => setTimeout(() => res.destroy(), 5));
  };
}

/** Sends the reply as the API does, from the start or after an event. */
export const sendReply: Responder = (res, request) => {
  const { line, headers } = request;
  const after = headers['last-event-id'];
  const start = line === 'POST /messages' ? 0 : 1;
  const from = after === undefined ? start : streamEvents.findIndex(([id]) => id === after) + 1;
  return stream(frames(streamEvents.slice(from)))(res, request);
};

/** A server that sends these responses in turn, then the complete reply. */
export async function replyServer(...replies: Responder[]) {
  const left = [...replies];
  const server = await fixtureServer((res, request) => (left.shift() ?? sendReply)(res, request));
  const { messages } = createClient({ baseUrl: server.url });
  return {
    ...server,
    messages,
    send: (options?: CallOptions) => messages.stream({ content: 'canary' }, options),
    lines: () => server.requests.map(({ line }) => line),
    header: (name: string) => server.requests.map(({ headers }) => headers[name]),
  };
}

/** Reads a stream to its end and returns its events. */
export async function eventsOf(events: AsyncIterable<ReplyEvent>): Promise<ReplyEvent[]> {
  const seen: ReplyEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}
