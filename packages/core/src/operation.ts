/** What an operation takes and returns, derived from the contract. */
import type { OperationId, operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import type { RateLimitState } from '@async-chatbot/shared/rate-limit-headers';
import type { Deps } from './deps.ts';
import type { Session, User } from './ports/identity.ts';
import type { ConversationKey, Versions } from './ports/message.ts';
import type { StreamEvent } from './turns/reply-events.ts';

export type { OperationId };

type Part<Id extends OperationId, Name extends 'path' | 'query'> = Exclude<
  operations[Id]['parameters'][Name],
  undefined
>;

type Body<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? B
  : undefined;

/** A request that is validated and authenticated. */
export interface OperationRequest<Id extends OperationId> {
  path: Part<Id, 'path'>;
  query: Part<Id, 'query'>;
  body: Body<Id>;
  /** Undefined where the operation needs no session. */
  user: Authenticated<Id, User>;
  /** The conversation of the request; without an id in the query, the default one. */
  conversation: Authenticated<Id, ConversationKey>;
  /** The session as it was presented, for the identity port alone. */
  session: Session;
  /** The versions that the request is meant for (`If-Match`). */
  versions?: Versions | undefined;
  /** The idempotency key. */
  key?: string | undefined;
  /** The id of the last event that the client has received. */
  after?: string | undefined;
  /** Whether the client prefers a stream of events. */
  wantsEvents: boolean;
  /** Aborted once the client has left or has the whole response. */
  signal: () => AbortSignal;
}

type Authenticated<Id extends OperationId, Known> = (typeof table)[Id]['isAuthenticated'] extends true
  ? Known
  : undefined;

type Success = 200 | 201 | 202 | 204;
type Responses<Id extends OperationId> = operations[Id]['responses'];
type ContentOf<Response> =
  | (Response extends { content: { 'application/json': infer B } } ? { body: B } : never)
  | (Response extends { content: { 'application/x-ndjson': infer Line } } ? { lines: AsyncIterable<Line> } : never)
  | (Response extends { content: { 'text/event-stream': unknown } } ? { events: AsyncIterable<StreamEvent> } : never);

/** One of the successes of the contract. Everything else is thrown as a `Problem`. */
export type OperationResponse<Id extends OperationId> = Id extends OperationId
  ? {
      [Status in keyof Responses<Id> & Success]: { status: Status } & ContentOf<Responses<Id>[Status]> & Extras;
    }[keyof Responses<Id> & Success]
  : never;

interface Extras {
  /** Opens a session, or closes it with `null`. */
  session?: Session | null | undefined;
  /** The user's quotas, where the request has used some of them. */
  quotas?: RateLimitState[] | undefined;
}

/** Implements an operation. */
export type Handler<Id extends OperationId> = (
  request: OperationRequest<Id>,
  deps: Deps,
) => Promise<OperationResponse<Id>>;
