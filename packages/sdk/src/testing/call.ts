/** What an operation of the mock is, derived from the contract as those of the server are. */
import type { operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import type { Versions } from '@async-chatbot/shared/versions';
import type { JsonContent, OperationId, Path, Query } from '../http/operation.ts';
import type { Accounts } from './accounts.ts';
import type { Conversations } from './conversations.ts';
import type { Messages, Thread } from './messages.ts';
import type { Replies } from './replies.ts';
import type { Told } from './reply-events.ts';
import type { Caller, Sessions, Tokens } from './sessions.ts';
import type { Turns } from './turns.ts';

/** All that the mock remembers. */
export interface Memory {
  accounts: Accounts;
  sessions: Sessions;
  conversations: Conversations;
  messages: Messages;
  replies: Replies;
  turns: Turns;
  registration: 'open' | 'confirm';
  now: () => Date;
}

/** A request that is valid, and whose it is. */
export interface Call<Id extends OperationId> {
  path: Path<Id>;
  query: Query<Id>;
  /** As it came, so that what is optional is there or not, but never `undefined`. */
  body: JsonContent<operations[Id]['requestBody']>;
  /** Who calls, where the contract asks for a session. */
  caller: Signed<Id, Caller>;
  /** Which messages the call is about, where it is about any. */
  thread: Signed<Id, Thread>;
  /** The session as it was presented, be it valid or not. */
  tokens: Tokens;
  versions?: Versions | undefined;
  key?: string | undefined;
  /** The last event that the caller has seen. */
  after?: string | undefined;
  wantsEvents: boolean;
}

export type { Caller };

type Signed<Id extends OperationId, Known> = (typeof table)[Id]['isAuthenticated'] extends true ? Known : undefined;

type Responses<Id extends OperationId> = operations[Id]['responses'];
type Success<Id extends OperationId> = keyof Responses<Id> & (200 | 201 | 202);

type ContentOf<Response> =
  | (Response extends { content: { 'application/json': infer Json } } ? { body: Json } : never)
  | (Response extends { content: { 'application/x-ndjson': infer Line } } ? { lines: readonly Line[] } : never)
  | (Response extends { content: { 'text/event-stream': unknown } } ? { events: AsyncIterable<Told> } : never);

/** One of the successes that the contract promises; everything else is thrown as a `Problem`. */
export type Reply<Id extends OperationId> = Id extends OperationId
  ? { [Status in Success<Id>]: { status: Status } & ContentOf<Responses<Id>[Status]> & Beside }[Success<Id>]
  : never;

interface Beside {
  /** Opens a session, or closes it with `null`. */
  session?: Tokens | null | undefined;
}

export type Operation<Id extends OperationId> = (call: Call<Id>, memory: Memory) => Reply<Id> | Promise<Reply<Id>>;
