import type { OperationEntry } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '../operation.ts';
import type { RateLimitName } from '../ports/rate-limiter.ts';

/** What the pipeline reads of an operation; the contract counts by no other rate limits than the port. */
type Entry = OperationEntry & { readonly rateLimits?: readonly RateLimitName[] };

/** The contract's table of operations. */
export const operationEntries: Readonly<Record<OperationId, Entry>> = operations;

// The cast: the type above knows all keys.
export const operationIds = Object.keys(operations) as OperationId[];
