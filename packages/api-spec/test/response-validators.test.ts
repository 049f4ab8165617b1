import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { responseValidators } from '../generated/response-validators.js';
import { allResponses, examplesOf, operations } from './contract.ts';
import { mutantsOf } from './mutants.ts';
import { compiler, errorsOf } from './run-time-validators.ts';

const compile = compiler('fast');

/** The success responses with a JSON body. */
const successes = allResponses.flatMap(({ operationId, status, content }) => {
  const media = content?.['application/json'];
  const generated = responseValidators[operationId][status];
  return status.startsWith('2') && media
    ? [{ operationId, status, media, generated: generated ? [generated] : [] }]
    : [];
});

test('there is a validator for every JSON success body, and no other', () => {
  const statusesOf = (id: string) => successes.filter((each) => each.operationId === id).map(({ status }) => status);
  const statuses = Object.entries(responseValidators).map(([id, validators]) => [id, Object.keys(validators)]);
  expect(Object.fromEntries(statuses)).toEqual(
    Object.fromEntries(operations.map(({ operationId }) => [operationId, statusesOf(operationId)])),
  );
});

const keywords = new Set<string>();

describe('the validator', () => {
  test.each(successes)('of $status of $operationId accepts its examples', ({ generated, media }) => {
    expect(generated).toHaveLength(1);
    for (const [, body] of examplesOf(media)) expect(errorsOf(generated, body)).toEqual([]);
  });

  test.each(successes)(
    'of $status of $operationId returns the same errors as Ajv at run time',
    ({ generated, media }) => {
      const expected = [compile(media.schema)];
      fc.assert(
        fc.property(mutantsOf(examplesOf(media).map(([, body]) => body)), (body) => {
          const errors = errorsOf(generated, body);
          for (const { keyword } of errors) keywords.add(keyword);
          expect(errors).toEqual(errorsOf(expected, body));
        }),
        { seed: 20261126, numRuns: 500 },
      );
    },
  );

  test('have returned every kind of error', () => {
    expect([...keywords].sort()).toEqual([
      ...['additionalProperties', 'const', 'enum', 'format', 'maxLength', 'maximum', 'minLength', 'minimum'],
      ...['pattern', 'required', 'type'],
    ]);
  });
});

test('a date-time is checked only by a regular expression', () => {
  const validators = Object.values(responseValidators.getUsage);
  const [[, usage] = []] = successes
    .filter(({ operationId }) => operationId === 'getUsage')
    .flatMap(({ media }) => examplesOf(media));
  const keywordsFor = (resets_at: string) =>
    errorsOf(validators, { ...Object(usage), resets_at }).map((error) => error.keyword);
  expect(keywordsFor('2026-02-30T00:00:00.000Z')).toEqual([]);
  expect(keywordsFor('30 February 2026 at noon')).toEqual(['format']);
});

test('the module has no imports and no eval', async () => {
  const text = await readFile(new URL('../generated/response-validators.js', import.meta.url), 'utf8');
  expect(text).not.toMatch(/\bimport\b|\brequire\(|\beval\b|\bFunction\b/);
});
