import { type Document, describedOperations } from './described-operations.ts';

/** The schemas of the JSON bodies by operation and success status; streams and empty responses have none. */
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
