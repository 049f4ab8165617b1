import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { summaryOf, validationErrors } from '../../src/http/validation-errors.ts';

const text = { type: 'string', minLength: 1, pattern: '^[a-z]*$' };
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['a/b~c'],
  properties: { 'a/b~c': { ...text, allOf: [text] }, list: { type: 'array', items: text } },
};
const query = { type: 'object', additionalProperties: false, properties: { limit: { type: 'integer' } } };

const validate = new Ajv2020({ strict: false, allErrors: true, verbose: true }).compile({
  type: 'object',
  required: ['requestBody'],
  properties: { requestBody: body, query },
});

function errorsOf(request: object) {
  validate(request);
  return validationErrors(validate.errors ?? []);
}

const requestBody = { 'a/b~c': 'x' };

describe('validationErrors', () => {
  it('points to a property whose name contains characters to escape', () => {
    const message = 'must be a string';
    expect(errorsOf({ requestBody: { 'a/b~c': 1 } })).toEqual([{ pointer: '/a~1b~0c', code: 'type', message }]);
  });

  it('points to a missing property', () => {
    const message = 'is required';
    expect(errorsOf({ requestBody: {} })).toEqual([{ pointer: '/a~1b~0c', code: 'required', message }]);
  });

  it('points to an unknown property', () => {
    const message = 'is not allowed';
    expect(errorsOf({ requestBody: { ...requestBody, '~/': 1, '': 1 } })).toEqual([
      { pointer: '/~0~1', code: 'additionalProperties', message },
      { pointer: '/', code: 'additionalProperties', message },
    ]);
  });

  it('points into an array', () => {
    expect(errorsOf({ requestBody: { ...requestBody, list: ['x', ''] } })).toMatchObject([{ pointer: '/list/1' }]);
  });

  it('points to the whole body if it is missing or not an object', () => {
    expect(errorsOf({})).toMatchObject([{ pointer: '', code: 'required' }]);
    expect(errorsOf({ requestBody: null })).toMatchObject([{ pointer: '', code: 'type' }]);
  });

  it('names a parameter as the client wrote it', () => {
    expect(errorsOf({ requestBody, query: { limit: [] } })).toMatchObject([{ parameter: 'limit', code: 'type' }]);
    expect(errorsOf({ requestBody, query: { 'a/b~1': '' } })).toMatchObject([{ parameter: 'a/b~1' }]);
  });

  it('names the rule if the parameter has no name', () => {
    expect(errorsOf({ requestBody, query: { '': '' } })).toMatchObject([{ parameter: 'additionalProperties' }]);
  });

  it('keeps only the message of a pattern, which comes from the contract', () => {
    expect(errorsOf({ requestBody: { 'a/b~c': 'X' } })).toEqual([
      { pointer: '/a~1b~0c', code: 'pattern', message: 'must match pattern "^[a-z]*$"' },
    ]);
    expect(errorsOf({ requestBody: { 'a/b~c': '' } })).toEqual([
      { pointer: '/a~1b~0c', code: 'minLength', message: 'must be at least 1 character' },
    ]);
  });

  it('returns at most 100 errors', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, 1]));
    expect(errorsOf({ requestBody: { ...requestBody, ...many } })).toHaveLength(100);
  });

  it.each([
    ['a name', 'x'.repeat(600), '/'.padEnd(500, 'x')],
    ['an escape', `${'x'.repeat(498)}/y`, '/'.padEnd(499, 'x')],
    ['a character', `${'x'.repeat(498)}😀`, '/'.padEnd(499, 'x')],
  ])('truncates a long pointer, but not within %s', (_what, name, pointer) => {
    expect(errorsOf({ requestBody: { ...requestBody, [name]: 1 } })).toMatchObject([{ pointer }]);
  });
});

describe('summaryOf', () => {
  it('contains the place and the message', () => {
    expect(summaryOf(errorsOf({ requestBody, query: { limit: 'x' } }))).toBe(
      'limit must be an integer in decimal digits',
    );
    expect(summaryOf(errorsOf({ requestBody: [] }))).toBe('the body must be an object');
  });

  it('counts the other errors', () => {
    expect(summaryOf(errorsOf({ requestBody: { 'a/b~c': 1, list: 1 } }))).toBe('/a~1b~0c must be a string, and 1 more');
  });

  it('returns undefined without errors', () => {
    expect(summaryOf([])).toBeUndefined();
  });
});
