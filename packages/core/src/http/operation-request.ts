import { versionsOf } from '@async-chatbot/shared/versions';
import Negotiator from 'negotiator';
import type { ParsedRequest } from 'openapi-backend';
import type { OperationId, OperationRequest } from '../operation.ts';
import type { Session, User } from '../ports/identity.ts';
import type { HttpRequest } from './handle.ts';
import { operationEntries } from './operation-entries.ts';

interface Requester {
  user: User | undefined;
  session: Session;
}

/** Creates a handler's argument from a validated request. */
export function operationRequest(
  id: OperationId,
  { params, query, requestBody }: ParsedRequest,
  request: HttpRequest,
  { user, session }: Requester,
): OperationRequest<OperationId> {
  const { headers } = request;
  const common = {
    path: params,
    query,
    body: requestBody,
    user,
    conversation: user && { userId: user.id, id_conversation: query.id_conversation },
    session,
    versions: versionsOf(headers['if-match']),
    key: headers['idempotency-key'],
    after: headers['last-event-id'] || undefined,
    wantsEvents: wantsEvents(id, headers.accept),
    signal: request.signal,
  };
  // The cast: the request was just validated against the contract that the types come from.
  return common as unknown as OperationRequest<OperationId>;
}

const EVENT_STREAM = 'text/event-stream';

/** Whether to respond with an event stream: the operation has no other response, or the client prefers it. */
function wantsEvents(id: OperationId, accept: string | undefined): boolean {
  const { responseTypes: types } = operationEntries[id];
  if (!types?.includes(EVENT_STREAM)) return false;
  if (types.length === 1) return true;
  const [preferred] = accept === undefined ? types : new Negotiator({ headers: { accept } }).mediaTypes([...types]);
  return preferred === EVENT_STREAM;
}
