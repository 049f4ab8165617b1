import document from '../generated/openapi.json' with { type: 'json' };
import type { operations } from '../generated/openapi.ts';

export type { components, operations, paths } from '../generated/openapi.ts';
export type { RateLimitName } from './described-operations.ts';
export type { OperationEntry } from './operation-table.ts';

/** The `operationId` of an operation in the OpenAPI document. */
export type OperationId = keyof operations;

/** The OpenAPI document, as parsed from `openapi.yaml`. */
export { document };
