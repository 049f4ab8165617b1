import type { OperationEntry, OperationId } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';

/** The contract's table of operations. */
export const operationEntries: Readonly<Record<OperationId, OperationEntry>> = operations;

// The cast: the type above knows all keys.
export const operationIds = Object.keys(operations) as OperationId[];
