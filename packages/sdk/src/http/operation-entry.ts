import type { CallEntry, OperationId } from '@async-chatbot/api-spec';
import { calls } from '@async-chatbot/api-spec/calls';

/** How to call an operation. The generated table holds tuples, since pages load it. */
export function operationEntry(id: OperationId) {
  const [method, path, needsSession, { accept = 'application/json', keyed, items } = {}]: CallEntry = calls[id];
  return { method, path, needsSession, accept, isKeyed: keyed === true, items };
}
