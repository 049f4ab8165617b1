import { resolved } from './resolved.ts';

/** An operation for the generators, with resolved parameters and responses. */
export interface DescribedOperation extends Omit<OperationObject, 'parameters' | 'responses'> {
  method: string;
  path: string;
  /** The operation's own, then those of its path. */
  parameters: Parameter[];
  /** The 2xx responses. */
  successes: [status: string, response: Response][];
}

/** The parts of an OpenAPI document that the generators read. */
export interface Document {
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema> };
}

export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
}

type PathItem = { parameters?: (Parameter | Reference)[] } & { [Method in (typeof METHODS)[number]]?: OperationObject };

interface OperationObject {
  operationId: string;
  security?: unknown[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: { 'application/json': { schema: Schema } } };
  responses: Record<string, Response | Reference>;
  'x-rate-limits'?: RateLimitName[];
}

/** What a rate limit counts requests by. */
export type RateLimitName = 'account' | 'address' | 'email' | 'refresh' | 'user';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
  content?: unknown;
  explode?: boolean;
}

interface Response {
  content?: Record<string, { schema: Schema }>;
}

interface Reference {
  $ref: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** All operations, in the order of their paths. */
export function describedOperations(document: Document): DescribedOperation[] {
  return Object.entries(document.paths).flatMap(([path, { parameters: shared = [], ...item }]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = [...(operation.parameters ?? []), ...shared];
      const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      return {
        ...operation,
        method: method.toUpperCase(),
        path,
        parameters: parameters.map((parameter) => supported(resolved<Parameter>(document, parameter), operation)),
        successes: successes.map(([status, response]) => [status, resolved<Response>(document, response)]),
      };
    }),
  );
}

/** Servers parse a query parameter only as a string or an integer. */
function supported(parameter: Parameter, { operationId }: OperationObject): Parameter {
  const { name, content, explode, schema } = parameter;
  if (content === undefined && explode !== false && schema.type !== 'array') return parameter;
  throw new Error(
    `${operationId}: servers cannot parse the parameter ${name}; remove content, explode: false or the array type`,
  );
}
