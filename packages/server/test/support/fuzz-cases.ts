/** Requests for each operation of the spec: valid ones, and those that one mutation has made of them. */
import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import fc from 'fast-check';
import type { OperationId } from '../../src/operation.ts';
import { mutationsOf } from './fuzz-mutations.ts';
import { type Schema, valuesOf } from './schema-values.ts';

/** Who calls, and about whose message, is the runner's to fill in. */
export interface FuzzCase {
  method: string;
  path: string;
  id: 'mine' | 'encoded' | 'reply' | 'theirs' | 'unknown' | { segment: string };
  query: string;
  caller: 'cookie' | 'bearer' | 'nobody';
  headers: Record<string, string>;
  /** What the body is made of, unless `bytes` takes its place. */
  json: unknown;
  bytes?: string | Uint8Array<ArrayBuffer>;
  mutated: boolean;
}

interface Parameter {
  name: string;
  in: string;
  schema: Schema;
}

export interface Described {
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

/** Cases for an operation; `known` are bodies that mean something to the server already. */
export function casesOf(id: OperationId, known: unknown[] = []): fc.Arbitrary<FuzzCase> {
  const described = describe(id);
  const sane = saneCasesOf(id, described, known);
  const mutated = mutationsOf(described).map((mutation) =>
    sane.chain(mutation).map((mutant) => ({ ...mutant, mutated: true })),
  );
  return fc.oneof({ weight: mutated.length, arbitrary: sane }, ...mutated);
}

function saneCasesOf(id: OperationId, { parameters = [], requestBody }: Described, known: unknown[]) {
  const { method, path } = operations[id];
  const schema = requestBody?.content['application/json'].schema;
  return fc.record<FuzzCase>({
    method: fc.constant(method),
    path: fc.constant(path),
    id: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('mine', 'encoded') },
      { weight: 1, arbitrary: fc.constantFrom('reply', 'theirs', 'unknown') },
    ),
    query: queriesOf(parameters.filter((parameter) => parameter.in === 'query')),
    caller: fc.constantFrom('cookie', 'cookie', 'cookie', 'bearer'),
    headers: fc.constant(schema ? { 'content-type': 'application/json' } : {}),
    json: schema ? fc.oneof(valuesOf(schema), ...known.map(fc.constant)) : fc.constant(undefined),
    mutated: fc.constant(false),
  });
}

/** Each parameter may be there or not. */
const queriesOf = (parameters: Parameter[]): fc.Arbitrary<string> =>
  fc
    .record(Object.fromEntries(parameters.map(({ name, schema }) => [name, valuesOf(schema).map(String)])), {
      requiredKeys: [],
    })
    .map((values) => Object.entries(values).map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`))
    .map((pairs) => pairs.join('&'));

/** The cast: the type of an imported JSON document knows each path by itself alone. */
function describe(id: OperationId): Described {
  const { method, path } = operations[id];
  return (document.paths as unknown as Record<string, Record<string, Described>>)[path]?.[method.toLowerCase()] ?? {};
}
