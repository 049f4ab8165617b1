import type { OperationEntry } from '@async-chatbot/api-spec';
import { operations as table } from '@async-chatbot/api-spec/operations';
import { withIntegers } from '@async-chatbot/shared/decimal-digits';
import { Problem } from '@async-chatbot/shared/problem';
import { streamSlots } from '@async-chatbot/shared/stream-slots';
import { versionsOf } from '@async-chatbot/shared/versions';
import Negotiator from 'negotiator';
import type { OperationId } from '../http/operation.ts';
import { type Answer, answerOf, answerOfProblem } from './answer.ts';
import { readBody } from './body.ts';
import { budgetHeaders } from './budgets.ts';
import type { Call, Memory, Operation } from './call.ts';
import { authenticate, credentialsOf, tokensOf } from './credentials.ts';
import { operations } from './operations/index.ts';
import type { Received } from './received.ts';
import type { Route } from './routes.ts';
import type { SessionCookies } from './session-cookies.ts';
import { type Parts, validate } from './validation.ts';

const EVENT_STREAM = 'text/event-stream';

/** Carries calls out, in the order in which the server looks at a request. */
export function handler(memory: Memory, cookies: SessionCookies) {
  const takeStream = streamSlots();

  return async function handle(request: Received, route: Route, requestId: string): Promise<Answer> {
    const { id } = route;
    const budgets: [string, string][] = [];
    let onEnd: (() => void) | undefined;
    try {
      const { call, caller, isByBearer } = await callOf(request, route);
      budgets.push(...budgetHeaders(id));
      if (call.wantsEvents && caller) onEnd = takeStream(caller.account.user_id);
      // The cast that makes one of all operations: each gets the call that the contract says it gets.
      const reply = await (operations[id] as Operation<OperationId>)(call, memory);
      // A machine with a bearer token is given no cookies, though it may close those of a page.
      const session = isByBearer && reply.session ? undefined : reply.session;
      const answer = answerOf(reply, requestId);
      return { ...answer, headers: [...answer.headers, ...budgets, ...cookies.headers(session)], onEnd };
    } catch (error) {
      onEnd?.();
      if (!(error instanceof Problem)) throw error;
      const answer = answerOfProblem(error, requestId);
      return { ...answer, headers: [...answer.headers, ...budgets, ...cookies.headersAfter(error.code)] };
    }
  };

  async function callOf({ url, headers, bytes }: Received, { id, parameters }: Route) {
    const { hasBody, isAuthenticated, integers = [], responseTypes = [] }: OperationEntry = table[id];
    const body = hasBody ? await readBody(headers, bytes) : undefined;
    const path = parameters();
    const credentials = credentialsOf(headers, cookies.read(headers));
    const caller = isAuthenticated ? authenticate(credentials, memory.sessions) : undefined;
    const parts: Parts = {
      path,
      query: withIntegers(queryOf(url), integers),
      header: Object.fromEntries(headers),
    };
    validate(id, body === undefined ? parts : { ...parts, requestBody: body });
    const call = {
      path,
      query: parts.query,
      body,
      caller,
      thread: caller && { userId: caller.account.user_id, id_conversation: parts.query.id_conversation },
      tokens: tokensOf(credentials),
      versions: versionsOf(parts.header['if-match']),
      key: parts.header['idempotency-key'],
      after: parts.header['last-event-id'],
      wantsEvents: wantsEvents(responseTypes, parts.header.accept),
    };
    const isByBearer = caller !== undefined && credentials.bearer !== undefined;
    // The cast: the request was just validated against the contract that the types come from.
    return { call: call as unknown as Call<OperationId>, caller, isByBearer };
  }
}

/** A name that comes several times has several values. */
function queryOf({ searchParams }: URL): Record<string, unknown> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [value, ...more] = searchParams.getAll(name);
      return [name, more.length > 0 ? [value, ...more] : value];
    }),
  );
}

/** An answer that comes as events alone, or also, and then for those who ask for them. */
function wantsEvents(types: readonly string[], accept: string | undefined): boolean {
  if (!types.includes(EVENT_STREAM)) return false;
  return new Negotiator({ headers: { accept } }).mediaTypes([...types])[0] === EVENT_STREAM;
}
