import document from '../generated/openapi.json' with { type: 'json' };

export type { components, operations, paths } from '../generated/openapi.ts';
export type { CallEntry } from './operation-table.ts';

/** The OpenAPI document, as parsed from `openapi.yaml`. */
export { document };
