import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseSetCookie } from '../../src/session/set-cookie.ts';

const now = Date.parse('2026-11-22T07:33:21.000Z');
const parse = (header: string, url = 'https://chat.example/users/login') => parseSetCookie(header, new URL(url));

beforeEach(() => vi.useFakeTimers({ now, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

test('a cookie without attributes', () => {
  expect(parse('name=value')).toEqual({
    name: 'name',
    value: 'value',
    origin: 'https://chat.example',
    path: '/users',
    secure: false,
  });
});

test('the attributes of a session cookie, in any case', () => {
  const header = '__Host-access_token=a.b=; path=/; HttpOnly; SECURE; SameSite=Lax; max-age=3600';
  expect(parse(header)).toMatchObject({ value: 'a.b=', path: '/', secure: true, expiresAt: now + 3_600_000 });
});

test.each([
  ['/users', '/'],
  ['/users/login', '/users'],
  ['/', '/'],
])('without Path, a cookie from %s has the path %s', (pathname, path) => {
  expect(parse('a=b', `https://chat.example${pathname}`)?.path).toBe(path);
});

test('a Path without a leading slash is ignored', () => {
  expect(parse('a=b; Path=api')?.path).toBe('/users');
});

describe('the expiry', () => {
  const expires = '; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  test.each([
    ['', undefined],
    [expires, 0],
    [`${expires}; Max-Age=10`, now + 10_000],
    [`; Max-Age=-1${expires}`, now - 1000],
    [`${expires}; Max-Age=soon`, 0],
    ['; Expires=never', undefined],
  ])('of "%s" is %j', (attributes, expiresAt) => {
    expect(parse(`a=b${attributes}`)?.expiresAt).toBe(expiresAt);
  });
});

test.each([[''], ['=value'], ['  ; Path=/']])('%j is not a cookie', (header) => {
  expect(parse(header)).toBeUndefined();
});
