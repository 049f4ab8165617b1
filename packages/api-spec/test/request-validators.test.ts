import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestValidators } from '../generated/request-validators.js';
import { examplesOf, operations, resolved, type Schema } from './contract.ts';
import { mutantsOf } from './mutants.ts';
import { compiler, errorsOf } from './run-time-validators.ts';

type Operation = (typeof operations)[number];

const compile = compiler('full');
const PLACES = ['path', 'query', 'header', 'cookie'] as const;

const parametersIn = ({ parameters }: Operation, place: (typeof PLACES)[number]) =>
  parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, ...parameter }) => ({ ...parameter, name: place === 'header' ? name.toLowerCase() : name }));

/** The validators that openapi-backend would compile. */
function compiled(operation: Operation) {
  const group = (place: (typeof PLACES)[number]) => {
    const parameters = parametersIn(operation, place);
    return {
      type: 'object',
      additionalProperties: place === 'header' || place === 'cookie',
      properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
    };
  };
  const groups = { type: 'object', properties: Object.fromEntries(PLACES.map((place) => [place, group(place)])) };
  const { requestBody } = operation;
  if (!requestBody) return [compile(groups)];
  const properties = { requestBody: requestBody.content['application/json']?.schema ?? {} };
  return [
    compile({ type: 'object', required: requestBody.required ? ['requestBody'] : [], properties }),
    compile(groups),
  ];
}

/** Requests built from the examples. */
function examplesFor(operation: Operation): object[] {
  const exampleOf = ({ example, schema }: Operation['parameters'][number]) => {
    const { example: one, examples: [other] = [] } = resolved<Schema>(schema);
    return example ?? one ?? other;
  };
  const groups = PLACES.map((place) => [
    place,
    Object.fromEntries(parametersIn(operation, place).map((parameter) => [parameter.name, exampleOf(parameter)])),
  ]);
  const request = Object.fromEntries(groups);
  const media = operation.requestBody?.content['application/json'];
  return media ? examplesOf(media).map(([, requestBody]) => ({ ...request, requestBody })) : [request];
}

const keywords = new Set<string>();

test('every operation has a validator of its parameters, and of its body if it takes one', () => {
  const counts = Object.entries(requestValidators).map(([id, validators]) => [id, validators.length]);
  expect(Object.fromEntries(counts)).toEqual(
    Object.fromEntries(operations.map(({ operationId, requestBody }) => [operationId, requestBody ? 2 : 1])),
  );
});

describe('the validators', () => {
  test.each(operations)('of $operationId accept its examples', (operation) => {
    for (const request of examplesFor(operation))
      expect(errorsOf(requestValidators[operation.operationId], request)).toEqual([]);
  });

  test.each(operations)('of $operationId return the same errors as Ajv at run time', (operation) => {
    const generated = requestValidators[operation.operationId];
    const expected = compiled(operation);
    fc.assert(
      fc.property(mutantsOf(examplesFor(operation)), (request) => {
        const errors = errorsOf(generated, request);
        for (const { keyword } of errors) keywords.add(keyword);
        expect(errors).toEqual(errorsOf(expected, request));
      }),
      { seed: 20261126, numRuns: 500 },
    );
  });

  test('have returned every kind of error', () => {
    expect([...keywords].sort()).toEqual([
      ...['additionalProperties', 'enum', 'format', 'maxLength', 'maximum', 'minLength', 'minimum'],
      ...['pattern', 'required', 'type'],
    ]);
  });
});

test('the module has no imports and no eval', async () => {
  const text = await readFile(new URL('../generated/request-validators.js', import.meta.url), 'utf8');
  expect(text).not.toMatch(/\bimport\b|\brequire\(|\beval\b|\bFunction\b/);
});
