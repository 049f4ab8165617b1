import { describe, expect, it } from 'vitest';
import { type Document, describedOperations } from '../src/described-operations.ts';

const documentWith = (parameter: object, place: 'operation' | 'path') => {
  const parameters = [{ name: 'ids', in: 'query', ...parameter }];
  const get = { operationId: 'listAll', responses: {}, ...(place === 'operation' && { parameters }) };
  const item = { get, ...(place === 'path' && { parameters }) };
  // The cast: the type allows only some of these parameters.
  return { paths: { '/all': item }, components: { schemas: {} } } as unknown as Document;
};

describe('describedOperations', () => {
  it.each([
    ['explode: false', { explode: false, schema: { type: 'string' } }],
    ['content', { content: { 'application/json': { schema: {} } }, schema: {} }],
    ['an array', { schema: { type: 'array' } }],
  ])('rejects a parameter with %s, which no server parses', (_label, parameter) => {
    for (const place of ['operation', 'path'] as const)
      expect(() => describedOperations(documentWith(parameter, place))).toThrow(/^listAll: .* parameter ids; /);
  });

  it('accepts a string or integer parameter', () => {
    for (const type of ['string', 'integer'])
      expect(describedOperations(documentWith({ schema: { type } }, 'operation'))).toHaveLength(1);
  });
});
