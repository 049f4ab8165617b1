/** The requests and responses of operations, derived from the contract. */
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

/** A validated and authenticated request. */
export interface OperationRequest<Id extends OperationId> {
  path: Part<Id, 'path'>;
  query: Part<Id, 'query'>;
  body: Body<Id>;
  /** Undefined if the operation needs no session. */
  user: Authenticated<Id, User>;
  /** The conversation that the query names, or the user's default conversation. */
  conversation: Authenticated<Id, ConversationKey>;
  /** The session from the request, to pass to the identity port. */
  session: Session;
  /** The versions that the change applies to (`If-Match`). */
  versions?: Versions | undefined;
  /** The idempotency key. */
  key?: string | undefined;
  /** The id of the last event that the client received (`Last-Event-ID`). */
  after?: string | undefined;
  /** Whether to respond with an event stream. */
  wantsEvents: boolean;
  /** Aborted when the client disconnects or the response ends. */
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
  | (Response extends { content: { 'text/event-stream': unknown } } ? { events: AsyncIterable<StreamEvent> } : never)
  | (Response extends { content?: never } ? unknown : never);

/** A success response of the contract. Errors are thrown as a `Problem`. */
export type OperationResponse<Id extends OperationId> = Id extends OperationId
  ? {
      [Status in keyof Responses<Id> & Success]: { status: Status } & ContentOf<Responses<Id>[Status]> & Extras;
    }[keyof Responses<Id> & Success]
  : never;

interface Extras {
  /** Sets the session cookies; `null` clears them. */
  session?: Session | null | undefined;
  /** The user's quotas, if the request used any. */
  quotas?: RateLimitState[] | undefined;
}

export type Handler<Id extends OperationId> = (
  request: OperationRequest<Id>,
  deps: Deps,
) => Promise<OperationResponse<Id>>;
