import {
  type DescribedOperation,
  type Document,
  describedOperations,
  type RateLimitName,
  type Schema,
} from './described-operations.ts';
import { resolved } from './resolved.ts';

/** What clients and servers need to know of an operation. Fields that do not apply are absent, since browsers load it. */
export interface OperationEntry {
  readonly method: string;
  readonly path: string;
  /** Whether it requires a session cookie or a bearer token. */
  readonly isAuthenticated: boolean;
  /** Whether it takes a JSON body. */
  readonly hasBody?: true;
  /** Whether it takes an `Idempotency-Key`, and so can be retried although it writes. */
  readonly hasIdempotencyKey?: true;
  /** The media types of its success responses, the default first; absent if there is only JSON. */
  readonly responseTypes?: readonly string[];
  /** Its rate limits (`x-rate-limits`). */
  readonly rateLimits?: readonly RateLimitName[];
  /** Its integer query parameters. */
  readonly integers?: readonly string[];
  /** The array property of its pages, if it is paginated. */
  readonly items?: string;
}

/** All operations of the document by `operationId`. */
export function operationTable(document: Document): Record<string, OperationEntry> {
  return Object.fromEntries(
    describedOperations(document).map((operation) => [operation.operationId, entryOf(operation, document)]),
  );
}

function entryOf(operation: DescribedOperation, document: Document): OperationEntry {
  const { method, path, security, requestBody, parameters, successes, 'x-rate-limits': rateLimits } = operation;
  const contents = successes.map(([, { content = {} }]) => content);
  const responseTypes = [...new Set(contents.flatMap((content) => Object.keys(content)))];
  const integers = parameters.filter((parameter) => parameter.in === 'query' && parameter.schema.type === 'integer');
  const items = itemsOf(resolved<Schema>(document, contents[0]?.['application/json']?.schema ?? {}));
  return {
    method,
    path,
    isAuthenticated: security?.length !== 0,
    ...(requestBody && { hasBody: true }),
    ...(parameters.some(({ name }) => name === 'Idempotency-Key') && { hasIdempotencyKey: true }),
    ...(responseTypes.some((type) => type !== 'application/json') && { responseTypes }),
    ...(rateLimits && { rateLimits }),
    ...(integers.length > 0 && { integers: integers.map(({ name }) => name) }),
    ...(items !== undefined && { items }),
  };
}

/** Responses with `next_cursor` are pages. */
function itemsOf({ properties = {} }: Schema): string | undefined {
  if (!properties.next_cursor) return undefined;
  return Object.keys(properties).find((name) => properties[name]?.type === 'array');
}
