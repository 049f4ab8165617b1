import type { Document } from 'openapi-backend';
import { operationEntries } from './operation-entries.ts';

/** The parts of the contract that the router reads: paths, ids and integer parameters. */
export function slimDefinition(): Document {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, { method, path, integers = [] }] of Object.entries(operationEntries)) {
    const parameters = integers.map((name) => ({ name, in: 'query', schema: { type: 'integer' } }));
    paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId, parameters, responses: {} } };
  }
  return { openapi: '3.1.0', info: { title: '', version: '' }, paths };
}
