import { createClient, type Message, type ReplyEvent } from '../../src/index.ts';
import { type Disconnect, sendAndDisconnect, sendInTwo, type WireResponse, wire } from './fault-server.ts';
import { fixtureServer, type ReceivedRequest, type Responder } from './fixture-server.ts';
import { frames, type StreamEvent } from './reply-server.ts';

/** A fault of a request: it is lost, it is rejected before or after the API handles it, or its response is cut. */
export type RequestFault =
  | { readonly kind: 'none' | 'lost' | 'gateway' | 'expired' }
  | { readonly kind: 'cut'; readonly fraction: number; readonly how: Disconnect }
  | { readonly kind: 'rejected'; readonly status: 408 | 429 | 500 | 503 }
  | { readonly kind: 'split'; readonly fraction: number };

/** A request with the call it belongs to, its fault, and whether the API found no session. */
export interface FaultedRequest extends ReceivedRequest {
  readonly call: unknown;
  readonly fault: RequestFault['kind'];
  readonly isUnauthenticated: boolean;
}

const DELTAS = ['Grüße, ', 'Ada! ', '🤖'];
export const REPLY_TEXT = DELTAS.join('');
const replyTypes = ['reply-started', 'reply-delta', 'reply-delta', 'reply-delta', 'reply-completed'];
export const EVENT_TYPES = ['message-created', ...replyTypes];
const EVENT_STREAM = ['content-type: text/event-stream'];
const PROBLEM = ['content-type: application/problem+json', 'retry-after: 0'];

/** A model of the API: one user, a session that expires, messages with idempotency keys, and replies in deltas. */
export async function modelServer(plan: readonly RequestFault[]) {
  const faults = [...plan];
  const received: FaultedRequest[] = [];
  const messages: Message[] = [];
  const keys = new Map<string, Message>();
  let session = 0;

  const server = await fixtureServer((res, request) => {
    const fault = faults.shift() ?? { kind: 'none' };
    if (fault.kind === 'expired') session += 1;
    const isIn = request.line.includes('/users/') || request.headers.cookie === `access=${session}`;
    const isUnauthenticated = !isIn && fault.kind !== 'lost' && fault.kind !== 'rejected';
    received.push({ ...request, call: request.headers['x-call'], fault: fault.kind, isUnauthenticated });
    return respondWith(fault, isUnauthenticated ? problem(401, 'unauthenticated') : request)(res, request);
  });

  function respondWith(fault: RequestFault, what: ReceivedRequest | WireResponse): Responder {
    if (fault.kind === 'lost') return (res) => res.destroy();
    if (fault.kind === 'rejected') return sendAndDisconnect(wire(problem(fault.status, 'internal-error')), 'end');
    const bytes = wire('line' in what ? handle(what) : what);
    if (fault.kind === 'gateway')
      return sendAndDisconnect(wire({ status: 502, headers: ['retry-after: 0'], body: '' }), 'end');
    const at = Math.floor('fraction' in fault ? fault.fraction * bytes.length : bytes.length);
    if (fault.kind === 'cut') return sendAndDisconnect(bytes.subarray(0, at), fault.how);
    return sendInTwo(bytes, at);
  }

  function handle({ line, headers, body }: ReceivedRequest): WireResponse {
    const [method, path = ''] = line.split(' ');
    if (path.startsWith('/users/')) return sessionResponse();
    const id = path.split('/')[2];
    // Without a key, each send creates a message.
    const key = headers['idempotency-key'] ?? `none ${received.length}`;
    if (method === 'POST') return sendResponse(`${key}`, JSON.parse(body).content, headers.accept);
    if (path.endsWith('/events'))
      return { headers: EVENT_STREAM, body: frames(eventsAfter(headers['last-event-id'], id)) };
    if (method === 'GET') return json({ messages: [...messages].reverse() });
    const index = messages.findIndex((message) => message.id_message === id);
    const before = messages[index];
    if (!before) return problem(404, 'message-not-found');
    messages[index] = { ...before, content: JSON.parse(body).content, version: before.version + 1 };
    return json(messages[index]);
  }

  function sessionResponse(): WireResponse {
    session += 1;
    return { headers: ['content-type: application/json', `set-cookie: access=${session}; Path=/`], body: '{}' };
  }

  function sendResponse(key: string, content: string, accept = ''): WireResponse {
    const number = messages.length;
    const known = keys.get(key);
    const message = known ?? messageOf(`message-${number}`, content, { id_reply: `reply-${number}` });
    if (!known) messages.push(message);
    keys.set(key, message);
    const bot_response = replyOf(message.id_reply);
    if (!accept.includes('event-stream')) return json({ user_message: message, bot_response });
    const created: StreamEvent = [undefined, { type: 'message-created', user_message: message }];
    return { headers: EVENT_STREAM, body: frames([created, ...eventsAfter(undefined, message.id_reply)]) };
  }

  return { ...server, received, messages, client: createClient({ baseUrl: server.url }) };
}

/** The events of a reply after the one with this id. */
function eventsAfter(id: string | string[] | undefined, reply: string | undefined): readonly StreamEvent[] {
  const events = eventsOf(reply);
  return events.slice(events.findIndex(([each]) => each === id) + 1);
}

function eventsOf(reply: string | undefined): readonly StreamEvent[] {
  const bot_response = replyOf(reply);
  const deltas = DELTAS.map((delta, index): StreamEvent => [`1-${index + 1}`, { type: 'reply-delta', delta }]);
  const started: ReplyEvent = {
    type: 'reply-started',
    bot_response: { ...bot_response, content: '', status: 'pending' },
  };
  return [['1-0', started], ...deltas, ['1-9', { type: 'reply-completed', bot_response }]];
}

function replyOf(id = ''): Message {
  return messageOf(id, REPLY_TEXT, { is_bot: true, status: 'completed' });
}

function messageOf(id_message: string, content: string, rest: Partial<Message>): Message {
  return {
    id_message,
    id_user: 'ada',
    content,
    timestamp: '2026-11-22T07:33:21.025Z',
    version: 1,
    is_bot: false,
    ...rest,
  };
}

function json(body: unknown): WireResponse {
  return { body: JSON.stringify(body) };
}

function problem(status: number, code: string): WireResponse {
  return { status, headers: PROBLEM, body: JSON.stringify({ status, code, detail: 'canary' }) };
}
