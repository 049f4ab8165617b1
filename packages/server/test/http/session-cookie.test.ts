/** Session cookies are those that Express would write. */
import { sessionCookie } from '@async-chatbot/core/http/session-cookie';
import type { Session } from '@async-chatbot/core/ports/identity';
import express, { type CookieOptions } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** A client without cookies. */
const NEW = { cookies: {} };
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const TOKENS = ['eyJhbGciOiJSUzI1NiJ9.canary-_.canary', 'canary +/=;,"%é', ''];

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe.each([
  { secure: false, sameSite: 'lax' },
  { secure: true, sameSite: 'lax' },
  { secure: true, sameSite: 'none' },
] as const)('%o', (config) => {
  const { headers } = sessionCookie(config, () => new Date());

  /** What `res.cookie` and `res.clearCookie` append. */
  function written(session: Session | null): string[] {
    const written: string[] = [];
    // The cast: the two methods call no other method of a response.
    const res = Object.assign(Object.create(express.response), {
      req: {},
      append: (_name: string, value: string) => written.push(value),
    }) as express.Response;
    const options: CookieOptions = { httpOnly: true, path: '/', ...config };
    const prefix = config.secure ? '__Host-' : '';
    for (const [name, token] of [
      [`${prefix}access_token`, session?.accessToken],
      [`${prefix}refresh_token`, session?.refreshToken],
    ] as const)
      if (token) res.cookie(name, token, { ...options, maxAge: LIFETIME_MS });
      else res.clearCookie(name, options);
    return written;
  }

  it.each(TOKENS)('sets %j', (accessToken) => {
    for (const msecs of [0, 999, 1_767_225_599_500]) {
      vi.setSystemTime(msecs);
      const session = { accessToken, refreshToken: 'canary' };
      expect(headers(session, NEW)).toEqual(written(session).map((value) => ['Set-Cookie', value]));
    }
  });

  it('sets the cookie of a present token, and clears the other', () => {
    const session = { accessToken: 'canary' };
    expect(headers(session, NEW)).toEqual(written(session).map((value) => ['Set-Cookie', value]));
  });

  it('clears both', () => {
    expect(headers(null, NEW)).toEqual(written(null).map((value) => ['Set-Cookie', value]));
  });

  it('sets no cookies for undefined', () => {
    expect(headers(undefined, NEW)).toEqual([]);
  });
});
