import { readFile } from 'node:fs/promises';
import { checkSync } from 'recheck';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';

interface Media {
  schema: { $ref?: string };
  example?: { type: string; status: number; code: string };
}
interface Answer {
  content: Record<string, Media>;
}
interface Operation {
  operationId: string;
  responses: Record<string, Answer | { $ref: string }>;
}
interface Contract {
  paths: Record<string, Record<string, Operation | unknown[]>>;
  components: { responses: Record<string, Answer>; schemas: { ProblemCode: { enum: string[] } } };
}

const contract = parse(await readFile(new URL('../openapi.yaml', import.meta.url), 'utf8')) as Contract;
const operations = Object.values(contract.paths)
  .flatMap((item) => Object.values(item))
  .filter((member) => 'operationId' in member);
const failures = operations.flatMap(({ operationId, responses }) =>
  Object.entries(responses)
    .filter(([status]) => /^[45]/.test(status))
    .map(([status, answer]) => ({ operationId, status, answer: resolve(answer) })),
);

function resolve(answer: Answer | { $ref: string }): Answer | undefined {
  return '$ref' in answer ? contract.components.responses[answer.$ref.split('/').at(-1) ?? ''] : answer;
}

/** Every value under this key, however deep. */
function* valuesOf(key: string, node: unknown): Generator<unknown> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === key) yield value;
    yield* valuesOf(key, value);
  }
}

test('every operationId is a camelCase name of its own', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids.filter((id) => !/^[a-z]+(?:[A-Z][a-z]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every property name is snake_case, without the / and ~ that a JSON Pointer escapes', () => {
  const names = [...valuesOf('properties', contract)].flatMap((properties) => Object.keys(properties as object));
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !/^[a-z]+(?:_[a-z]+)*$/.test(name))).toEqual([]);
});

describe('the answer', () => {
  test.each(failures)('$status of $operationId is a problem of that status', ({ status, answer }) => {
    expect(Object.keys(answer?.content ?? {})).toEqual(['application/problem+json']);
    const { schema, example } = answer?.content['application/problem+json'] ?? {};
    expect(schema).toEqual({ $ref: '#/components/schemas/Problem' });
    expect(contract.components.schemas.ProblemCode.enum).toContain(example?.code);
    expect(example).toMatchObject({ type: `/problems#${example?.code}`, status: Number(status) });
  });
});

describe('the pattern', () => {
  const patterns = new Set([...valuesOf('pattern', contract)].map(String));
  vi.stubEnv('RECHECK_SYNC_BACKEND', 'pure'); // The native backends are not there on every machine.

  test.each([...patterns])('%s cannot be made to run for long', (pattern) => {
    expect(checkSync(pattern, 'u').status).toBe('safe');
  });
});
