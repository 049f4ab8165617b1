import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { summaryOf, toFaults } from '../src/faults.ts';

const text = { type: 'string', minLength: 1, pattern: '^[a-z]*$', 'x-message': 'must be in lower case' };
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

function faultsOf(request: object) {
  validate(request);
  return toFaults(validate.errors ?? []);
}

const requestBody = { 'a/b~c': 'x' };

describe('toFaults', () => {
  it('points to a property whose name holds what a pointer escapes', () => {
    const message = 'must be a string';
    expect(faultsOf({ requestBody: { 'a/b~c': 1 } })).toEqual([{ pointer: '/a~1b~0c', code: 'type', message }]);
  });

  it('points to the property that should be there', () => {
    const message = 'is missing';
    expect(faultsOf({ requestBody: {} })).toEqual([{ pointer: '/a~1b~0c', code: 'required', message }]);
  });

  it('points to the property that should not be there', () => {
    const message = 'is not known here';
    expect(faultsOf({ requestBody: { ...requestBody, '~/': 1, '': 1 } })).toEqual([
      { pointer: '/~0~1', code: 'additionalProperties', message },
      { pointer: '/', code: 'additionalProperties', message },
    ]);
  });

  it('points into an array', () => {
    expect(faultsOf({ requestBody: { ...requestBody, list: ['x', ''] } })).toMatchObject([{ pointer: '/list/1' }]);
  });

  it('points to the body as a whole if it is missing or no object', () => {
    expect(faultsOf({})).toMatchObject([{ pointer: '', code: 'required' }]);
    expect(faultsOf({ requestBody: null })).toMatchObject([{ pointer: '', code: 'type' }]);
  });

  it('names a parameter as the caller wrote it', () => {
    expect(faultsOf({ requestBody, query: { limit: [] } })).toMatchObject([{ parameter: 'limit', code: 'type' }]);
    expect(faultsOf({ requestBody, query: { 'a/b~1': '' } })).toMatchObject([{ parameter: 'a/b~1' }]);
  });

  it('names the rule where the parameter has no name', () => {
    expect(faultsOf({ requestBody, query: { '': '' } })).toMatchObject([{ parameter: 'additionalProperties' }]);
  });

  it('says x-message of a pattern, and of no other rule', () => {
    expect(faultsOf({ requestBody: { 'a/b~c': 'X' } })).toEqual([
      { pointer: '/a~1b~0c', code: 'pattern', message: 'must be in lower case' },
    ]);
    expect(faultsOf({ requestBody: { 'a/b~c': '' } })).toEqual([
      { pointer: '/a~1b~0c', code: 'minLength', message: 'must have at least 1 character' },
    ]);
  });

  it('leaves out what a parser said', () => {
    expect(toFaults([{ instancePath: '', keyword: 'parse', schemaPath: '', params: {} }])).toEqual([]);
  });

  it('ends at a hundred', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, 1]));
    expect(faultsOf({ requestBody: { ...requestBody, ...many } })).toHaveLength(100);
  });

  it.each([
    ['a name', 'x'.repeat(600), '/'.padEnd(500, 'x')],
    ['an escape', `${'x'.repeat(498)}/y`, '/'.padEnd(499, 'x')],
    ['a character', `${'x'.repeat(498)}😀`, '/'.padEnd(499, 'x')],
  ])('cuts off a long place, but not within %s', (_what, name, pointer) => {
    expect(faultsOf({ requestBody: { ...requestBody, [name]: 1 } })).toMatchObject([{ pointer }]);
  });
});

describe('summaryOf', () => {
  it('says where and what', () => {
    expect(summaryOf(faultsOf({ requestBody, query: { limit: 'x' } }))).toBe(
      'limit must be an integer in decimal digits',
    );
    expect(summaryOf(faultsOf({ requestBody: [] }))).toBe('the body must be an object');
  });

  it('counts the others', () => {
    expect(summaryOf(faultsOf({ requestBody: { 'a/b~c': 1, list: 1 } }))).toBe('/a~1b~0c must be a string, and 1 more');
  });

  it('has nothing to say of nothing', () => {
    expect(summaryOf([])).toBeUndefined();
  });
});
