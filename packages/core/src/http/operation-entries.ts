import type { OperationEntry } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '../operation.ts';

/** The contract's table of operations. */
export const operationEntries: Readonly<Record<OperationId, OperationEntry>> = operations;

// The cast: the type above knows all keys.
export const operationIds = Object.keys(operations) as OperationId[];
