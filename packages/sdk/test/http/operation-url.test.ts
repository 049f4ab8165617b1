import { describe, expect, test } from 'vitest';
import { operationUrl } from '../../src/http/operation-url.ts';

describe('path parameters', () => {
  test.each([
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['%2e%2e', '%252e%252e'],
    ['...', '...'],
    ['é', '%C3%A9'],
    ['$&', '%24%26'],
  ])('%s is encoded as one segment', (id, segment) => {
    const path = operationUrl('/messages/{id}/events', { id });
    expect(path).toBe(`/messages/${segment}/events`);
    expect(new URL(path, 'http://chat.example').pathname).toBe(path);
  });

  test.each([[''], ['.'], ['..'], [undefined], [null]])(
    '%j is rejected because the URL would name another operation',
    (id) => {
      expect(() => operationUrl('/messages/{id}', { id })).toThrow('id must be an id');
    },
  );

  test('inherited properties are not parameters', () => {
    expect(() => operationUrl('/messages/{constructor}')).toThrow(TypeError);
  });
});

describe('the query', () => {
  test('values are encoded', () => {
    const path = operationUrl('/messages', {}, { cursor: 'a&b=c d+é', limit: 2, deep: false });
    expect(path).toBe('/messages?cursor=a%26b%3Dc+d%2B%C3%A9&limit=2&deep=false');
  });

  test('undefined values are omitted', () => {
    expect(operationUrl('/messages', {}, { limit: undefined })).toBe('/messages');
  });
});
