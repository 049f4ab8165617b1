import { afterEach, expect, test, vi } from 'vitest';
import { cookieJar } from '../../src/session/cookie-jar.ts';

afterEach(() => vi.useRealTimers());

/** Returns the cookies that a jar sends to `to` after it stores these from `from`. */
function sent(headers: readonly string[], from: string, to = from): string {
  const jar = cookieJar();
  jar.store(from, headers);
  return jar.header(to);
}

test('an empty jar sends nothing', () => {
  expect(sent([], 'https://chat.example/')).toBe('');
});

test('cookies are sent to the origin that set them, in order', () => {
  expect(sent(['a=1; Path=/', 'b=2; Path=/'], 'https://chat.example/users', 'https://chat.example/')).toBe('a=1; b=2');
});

test.each([
  ['https://other.example/'],
  ['https://api.chat.example/'],
  ['https://example/'],
  ['https://chat.example:8443/'],
  ['http://chat.example/'],
])('nothing is sent to %s', (elsewhere) => {
  expect(sent(['a=1; Path=/; Domain=example'], 'https://chat.example/', elsewhere)).toBe('');
});

test.each([
  ['/api', '/api', true],
  ['/api', '/api/messages', true],
  ['/api/', '/api/messages', true],
  ['/', '/messages', true],
  ['/api', '/apiary', false],
  ['/api/', '/api', false],
  ['/api', '/', false],
])('a cookie for %s is sent to %s: %j', (path, pathname, isSent) => {
  const cookie = sent([`a=1; Path=${path}`], 'https://chat.example/', `https://chat.example${pathname}?query`);
  expect(cookie).toBe(isSent ? 'a=1' : '');
});

test.each([
  ['https://chat.example/', true],
  ['http://localhost:8000/', true],
  ['http://chat.localhost/', true],
  ['http://127.0.0.1:8000/', true],
  ['http://[::1]:8000/', true],
  ['http://chat.example/', false],
  ['http://127.0.0.1.example/', false],
  ['http://notlocalhost/', false],
])('a Secure cookie from %s is stored: %j', (url, isStored) => {
  expect(sent(['a=1; Path=/; Secure'], url)).toBe(isStored ? 'a=1' : '');
});

test('a cookie replaces one with the same name and path', () => {
  expect(sent(['a=1; Path=/', 'a=2; Path=/', 'A=3; Path=/'], 'https://chat.example/')).toBe('a=2; A=3');
});

test('cookies of different origins with the same name are separate', () => {
  const jar = cookieJar();
  jar.store('https://chat.example/', ['a=1']);
  jar.store('https://other.example/', ['a=2']);
  expect(jar.header('https://chat.example/')).toBe('a=1');
});

test('the cookie with the most specific path comes first', () => {
  expect(sent(['a=1; Path=/', 'a=2; Path=/api'], 'https://chat.example/', 'https://chat.example/api')).toBe('a=2; a=1');
});

test.each([['Max-Age=0'], ['Max-Age=-1'], ['Expires=Thu, 01 Jan 1970 00:00:00 GMT']])(
  '%s deletes a cookie',
  (expiry) => {
    expect(sent(['a=1; Path=/', 'b=2; Path=/', `a=; Path=/; ${expiry}`], 'https://chat.example/')).toBe('b=2');
  },
);

test('a cookie is sent until it expires', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const jar = cookieJar();
  jar.store('https://chat.example/', ['a=1; Max-Age=10']);
  vi.advanceTimersByTime(9_999);
  expect(jar.header('https://chat.example/')).toBe('a=1');
  vi.advanceTimersByTime(1);
  expect(jar.header('https://chat.example/')).toBe('');
});
