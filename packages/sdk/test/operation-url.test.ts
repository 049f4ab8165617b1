import { describe, expect, test } from 'vitest';
import { operationUrl } from '../src/operation-url.ts';

const base = new URL('http://chat.example');

describe('the base', () => {
  test.each([
    ['http://chat.example', 'http://chat.example/messages'],
    ['http://chat.example/', 'http://chat.example/messages'],
    ['http://chat.example/api/v1', 'http://chat.example/api/v1/messages'],
    ['http://chat.example/api/v1//', 'http://chat.example/api/v1/messages'],
    ['http://chat.example/api?key=1#top', 'http://chat.example/api/messages'],
  ])('%s leads to %s', (url, expected) => {
    expect(operationUrl(new URL(url), '/messages', {})).toBe(expected);
  });
});

describe('path parameters', () => {
  test.each([
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['%2e%2e', '%252e%252e'],
    ['...', '...'],
    ['é', '%C3%A9'],
    ['$&', '%24%26'],
  ])('%s stays one segment', (id, segment) => {
    const url = operationUrl(base, '/messages/{id}/events', { path: { id } });
    expect(url).toBe(`http://chat.example/messages/${segment}/events`);
    expect(new URL(url).href).toBe(url);
  });

  test.each([[''], ['.'], ['..'], [undefined], [null]])('%j is refused, for it would name another operation', (id) => {
    expect(() => operationUrl(base, '/messages/{id}', { path: { id } })).toThrow(TypeError);
  });

  test('what every object inherits is not a parameter', () => {
    expect(() => operationUrl(base, '/messages/{constructor}', { path: {} })).toThrow(TypeError);
  });
});

describe('the query', () => {
  test('values are encoded', () => {
    const url = operationUrl(base, '/messages', { query: { cursor: 'a&b=c d+é', limit: 2, deep: false } });
    expect(url).toBe('http://chat.example/messages?cursor=a%26b%3Dc+d%2B%C3%A9&limit=2&deep=false');
  });

  test('what is undefined is left out', () => {
    expect(operationUrl(base, '/messages', { query: { limit: undefined } })).toBe('http://chat.example/messages');
  });

  test('a list is repeated', () => {
    expect(operationUrl(base, '/messages', { query: { id: ['a', 'b'] } })).toBe(
      'http://chat.example/messages?id=a&id=b',
    );
  });
});
