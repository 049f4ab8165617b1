import { type Document, describedOperations } from './described-operations.ts';

/** Schemas of JSON bodies by operation and success status. Streams and empty responses have none. */
export function responseSchemas(document: Document): Record<string, Record<string, object>> {
  return Object.fromEntries(
    describedOperations(document).map(({ operationId, successes }) => [
      operationId,
      Object.fromEntries(
        successes.flatMap(([status, { content = {} }]) => {
          const schema = content['application/json']?.schema;
          return schema ? [[status, schema]] : [];
        }),
      ),
    ]),
  );
}
