import type { OperationId, OperationRequest } from '@async-chatbot/core/operation';
import type { Session } from '@async-chatbot/core/ports/identity';
import { versionsOf } from '@async-chatbot/shared/versions';
import type { Request } from 'express';
import type { Context, Operation as SpecOperation } from 'openapi-backend';
import type { Caller } from './auth/authenticate.ts';

/** A request that is known to be valid, as its operation sees it. */
export function toCall(
  { request, operation }: Context,
  req: Request,
  { caller, session, signal }: { caller: Caller | undefined; session: Session; signal: AbortSignal },
): OperationRequest<OperationId> {
  const { params: path, query, requestBody: body, headers } = request;
  const call = {
    path,
    query,
    body,
    user: caller?.user,
    conversation: caller && { userId: caller.user.id, id_conversation: query.id_conversation },
    session,
    versions: versionsOf(req.get('if-match')),
    key: headers['idempotency-key'],
    after: headers['last-event-id'] || undefined,
    wantsEvents: wantsEvents(operation, req),
    signal,
  };
  // The cast: openapi-backend has just validated the request against the spec that the types come from.
  return call as unknown as OperationRequest<OperationId>;
}

/** An answer that comes as events alone, or also, and then for those who ask for them. */
function wantsEvents({ responses = {} }: SpecOperation, req: Request): boolean {
  const types = Object.values(responses).flatMap((response) =>
    'content' in response ? Object.keys(response.content ?? {}) : [],
  );
  if (!types.includes('text/event-stream')) return false;
  return req.accepts(types.filter((type) => type !== 'application/problem+json')) === 'text/event-stream';
}
