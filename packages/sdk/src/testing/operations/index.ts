import type { OperationId } from '../../http/operation.ts';
import type { Operation } from '../call.ts';
import * as accounts from './accounts.ts';
import * as conversations from './conversations.ts';
import * as health from './health.ts';
import * as messages from './messages.ts';
import * as ownData from './own-data.ts';
import * as replies from './replies.ts';
import * as sessions from './sessions.ts';

/** Every operation of the contract by its id. A missing one does not compile. */
export const operations: { readonly [Id in OperationId]: Operation<Id> } = {
  ...accounts,
  ...conversations,
  ...health,
  ...messages,
  ...ownData,
  ...replies,
  ...sessions,
};
