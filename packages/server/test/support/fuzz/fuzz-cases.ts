/** Requests for each operation of the spec: valid ones, and valid ones with one mutation. */
import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import fc from 'fast-check';
import { allowedValues, type Choice } from './allowed-values.ts';
import { mutationsOf } from './mutations.ts';

/** The runner resolves the caller, the message and the conversation. */
export interface FuzzCase {
  method: string;
  path: string;
  id: 'mine' | 'encoded' | 'reply' | 'theirs' | 'unknown' | { segment: string };
  /** The conversation in the query, if the operation accepts one. */
  conversation: 'default' | 'mine' | 'unknown';
  query: string;
  caller: 'cookie' | 'bearer' | 'nobody';
  headers: Record<string, string>;
  /** The body, unless `bytes` replaces it. */
  json: unknown;
  bytes?: string | Uint8Array<ArrayBuffer>;
  mutated: boolean;
}

export interface Parameter {
  name: string;
  in: string;
  schema: Choice;
}

export interface Described {
  parameters: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Choice } } };
  responses: Record<string, { content?: object }>;
}

/** Cases for an operation; `known` are bodies that refer to existing data. */
export function casesOf(id: OperationId, known: unknown[] = []): fc.Arbitrary<FuzzCase> {
  const described = describe(id);
  const sane = saneCasesOf(id, described, known);
  const mutated = mutationsOf(described).map((mutation) =>
    sane.chain(mutation).map((mutant) => ({ ...mutant, mutated: true })),
  );
  return fc.oneof({ weight: mutated.length, arbitrary: sane }, ...mutated);
}

function saneCasesOf(id: OperationId, { parameters, requestBody, responses }: Described, known: unknown[]) {
  const { method, path } = operations[id];
  const schema = requestBody?.content['application/json'].schema;
  const isInConversation = ({ name, in: place }: Parameter) => name === 'id_conversation' && place === 'query';
  const placed = (place: string) =>
    parameters.filter((parameter) => parameter.in === place && !isInConversation(parameter));
  const streams = Object.values(responses).some(({ content = {} }) => 'text/event-stream' in content);
  return fc.record<FuzzCase>({
    method: fc.constant(method),
    path: fc.constant(path),
    id: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('mine', 'encoded') },
      { weight: 1, arbitrary: fc.constantFrom('reply', 'theirs', 'unknown') },
    ),
    conversation: parameters.some(isInConversation)
      ? fc.constantFrom('default', 'default', 'default', 'mine', 'mine', 'unknown')
      : fc.constant('default'),
    query: queriesOf(placed('query')),
    caller: fc.constantFrom('cookie', 'cookie', 'cookie', 'bearer'),
    headers: fc
      .tuple(headersOf(placed('header')), streams ? fc.constantFrom('*/*', 'text/event-stream') : fc.constant('*/*'))
      .map(([headers, accept]) => ({ accept, ...(schema && { 'content-type': 'application/json' }), ...headers })),
    json: schema ? fc.oneof(allowedValues(schema), ...known.map(fc.constant)) : fc.constant(undefined),
    mutated: fc.constant(false),
  });
}

/** Each parameter is optional. */
const queriesOf = (parameters: Parameter[]): fc.Arbitrary<string> =>
  fc
    .record(Object.fromEntries(parameters.map(({ name, schema }) => [name, allowedValues(schema).map(String)])), {
      requiredKeys: [],
    })
    .map((values) => Object.entries(values).map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`))
    .map((pairs) => pairs.join('&'));

/** Random values that the spec allows rarely match a message's version. */
const LIKELY: Record<string, string[]> = { 'If-Match': ['*', '"1"', '"2", W/"3","1"'] };

const headersOf = (parameters: Parameter[]): fc.Arbitrary<Record<string, string>> =>
  fc.record<Record<string, string>, string>(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name.toLowerCase(),
        fc.oneof(allowedValues(schema).map(String), ...(LIKELY[name] ?? []).map(fc.constant)),
      ]),
    ),
    { requiredKeys: [] },
  );

type Referring = Parameter | { $ref: string };

/** An operation with the parameters of its path. The casts: an imported JSON document has a narrower type for each. */
function describe(id: OperationId): Described {
  const { method, path } = operations[id];
  const paths = document.paths as unknown as Record<string, Record<string, object> & { parameters?: Referring[] }>;
  const { parameters: shared = [], ...item } = paths[path] ?? {};
  const operation = item[method.toLowerCase()] as Omit<Described, 'parameters'> & { parameters?: Referring[] };
  return { ...operation, parameters: [...shared, ...(operation.parameters ?? [])].map(resolved) };
}

function resolved(parameter: Referring): Parameter {
  if (!('$ref' in parameter)) return parameter;
  const known = document.components.parameters as unknown as Record<string, Parameter>;
  const found = known[parameter.$ref.replace('#/components/parameters/', '')];
  if (!found) throw new Error(`There is no ${parameter.$ref}`);
  return found;
}
