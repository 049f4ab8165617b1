/** The contract as written, for tests. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { OperationId } from '../src/index.ts';

interface Reference {
  $ref: string;
}
export interface Schema {
  $ref?: string;
  type?: string;
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  const?: unknown;
  example?: unknown;
  examples?: unknown[];
}
interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown } | Reference>;
}
interface Body {
  description: string;
  required?: boolean;
  content: Record<string, Media>;
}
interface Response {
  description: string;
  content?: Record<string, Media>;
}
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema: Schema;
  example?: unknown;
}
interface Operation {
  operationId: OperationId;
  summary: string;
  security?: object[];
  'x-rate-limits'?: string[];
  parameters?: (Parameter | Reference)[];
  requestBody?: Body;
  responses: Record<string, Response | Reference>;
}
interface Contract {
  info: { description: string };
  paths: Record<string, Record<string, Operation | (Parameter | Reference)[]>>;
  components: { schemas: { ProblemCode: { enum: string[] } } };
}

const source = await readFile(new URL('../openapi.yaml', import.meta.url), 'utf8');

// The cast: the linters check that it is an OpenAPI document, of which the tests read this part.
export const contract = parse(source) as Contract;

/** Every operation, including the parameters of its path. */
export const operations = Object.entries(contract.paths).flatMap(([path, item]) => {
  const shared = Array.isArray(item.parameters) ? item.parameters : [];
  return Object.entries(item).flatMap(([method, member]) => {
    if (!('operationId' in member)) return [];
    const { parameters = [], ...operation } = member;
    return {
      ...operation,
      method: method.toUpperCase(),
      path,
      parameters: [...shared, ...parameters].map((parameter) => resolved<Parameter>(parameter)),
    };
  });
});

/** Every response of every operation. A 204 has no content. */
export const allResponses = operations.flatMap(({ operationId, requestBody, responses }) =>
  Object.entries(responses).map(([status, response]) => ({
    operationId,
    requestBody,
    status,
    ...resolved<Response>(response),
    content: resolved<Response>(response).content ?? {},
  })),
);

/** Resolves a reference; returns other values unchanged. */
export function resolved<Value extends object>(value: Value | Reference | { $ref?: string }): Value {
  const { $ref } = value as { $ref?: string };
  // The casts: the linters check that every reference leads to a value of the right kind.
  if ($ref === undefined) return value as Value;
  const names = $ref.split('/').slice(1);
  return names.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], contract) as Value;
}

/** Every example of a body by its name; one without a name is called `example`. */
export function examplesOf({ example, examples = {} }: Media): [name: string, value: unknown][] {
  const named = Object.entries(examples).map(([name, entry]): [string, unknown] => [
    name,
    resolved<{ value: unknown }>(entry).value,
  ]);
  return example === undefined ? named : [['example', example], ...named];
}

/** Every value under this key, however deep. */
export function* valuesOf(key: string, node: unknown): Generator<unknown> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === key) yield value;
    yield* valuesOf(key, value);
  }
}
