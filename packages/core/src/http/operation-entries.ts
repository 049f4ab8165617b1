import type { OperationEntry } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '../operation.ts';

/** The contract's operations by id. */
export const operationEntries: Readonly<Record<OperationId, OperationEntry>> = operations;

// The cast: `Object.keys` returns strings.
export const operationIds = Object.keys(operations) as OperationId[];
