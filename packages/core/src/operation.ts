/** What an operation is, derived from the spec: a `Call` in, a `Reply` out, `Deps` beside it. */
import type { operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import type { Budget } from '@async-chatbot/shared/rate-limit-headers';
import type { Deps } from './deps.ts';
import type { Session, User } from './ports/identity.ts';
import type { ConversationKey, Versions } from './ports/message.ts';
import type { StreamEvent } from './turns/reply-events.ts';

export type OperationId = keyof operations;

type Part<Id extends OperationId, Name extends 'path' | 'query'> = Exclude<
  operations[Id]['parameters'][Name],
  undefined
>;

type Body<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? B
  : undefined;

/** A request, once it is known to be valid and whose it is. */
export interface Call<Id extends OperationId> {
  path: Part<Id, 'path'>;
  query: Part<Id, 'query'>;
  body: Body<Id>;
  /** Who calls; undefined where the spec asks for no session. */
  user: Signed<Id, User>;
  /** The conversation that the request is about; without an id in the query, the default one. */
  conversation: Signed<Id, ConversationKey>;
  /** The session as the caller presented it, for the identity port alone. */
  session: Session;
  /** The versions of a thing that the call is meant for. */
  versions?: Versions | undefined;
  /** What the caller calls this send, for the case that it is repeated. */
  key?: string | undefined;
  /** The last event that the caller has seen. */
  after?: string | undefined;
  /** Whether the answer shall come as events. */
  wantsEvents: boolean;
  /** Aborted once the client has left or has the whole response. */
  signal: AbortSignal;
}

type Signed<Id extends OperationId, Known> = (typeof table)[Id]['isAuthenticated'] extends true ? Known : undefined;

type Success = 200 | 201 | 202 | 204;
type Responses<Id extends OperationId> = operations[Id]['responses'];
type ContentOf<Response> =
  | (Response extends { content: { 'application/json': infer B } } ? { body: B } : never)
  | (Response extends { content: { 'application/x-ndjson': infer Line } } ? { lines: AsyncIterable<Line> } : never)
  | (Response extends { content: { 'text/event-stream': unknown } } ? { events: AsyncIterable<StreamEvent> } : never);

/** One of the successes that the spec promises. Everything else is thrown as a `Problem`. */
export type Reply<Id extends OperationId> = Id extends OperationId
  ? {
      [Status in keyof Responses<Id> & Success]: { status: Status } & ContentOf<Responses<Id>[Status]> & Beside;
    }[keyof Responses<Id> & Success]
  : never;

interface Beside {
  /** Opens a session, or closes it with `null`. */
  session?: Session | null;
  /** What is left of the day's quotas. */
  left?: Budget[] | undefined;
}

export type Operation<Id extends OperationId> = (call: Call<Id>, deps: Deps) => Promise<Reply<Id>>;
