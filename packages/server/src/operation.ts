/** What an operation is, derived from the spec: a `Call` in, a `Reply` out, `Deps` beside it. */
import type { operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import type { Session, User } from './auth/identity.ts';
import type { Deps } from './deps.ts';

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
  user: (typeof table)[Id]['authenticated'] extends true ? User : undefined;
  /** The session as the caller presented it, for the identity port alone. */
  session: Session;
}

type Success = 200 | 201 | 202 | 204;
type Responses<Id extends OperationId> = operations[Id]['responses'];
type ContentOf<Response> = Response extends { content: { 'application/json': infer B } }
  ? { body: B }
  : Response extends { content: { 'application/x-ndjson': infer Line } }
    ? { lines: AsyncIterable<Line> }
    : { body?: undefined };

/** One of the successes that the spec promises. Everything else is thrown as a `Problem`. */
export type Reply<Id extends OperationId> = Id extends OperationId
  ? {
      [Status in keyof Responses<Id> & Success]: { status: Status } & ContentOf<Responses<Id>[Status]> & SessionChange;
    }[keyof Responses<Id> & Success]
  : never;

interface SessionChange {
  /** Opens a session, or closes it with `null`. */
  session?: Session | null;
}

export type Operation<Id extends OperationId> = (call: Call<Id>, deps: Deps) => Promise<Reply<Id>>;
