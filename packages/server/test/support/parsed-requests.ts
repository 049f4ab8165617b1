/** Requests to given operations, with what Express and cookie-parser make of them. */
import { parse } from 'node:querystring';
import cookieParser from 'cookie-parser';
import type express from 'express';
import fc from 'fast-check';
import type { Operation, Request } from 'openapi-backend';
import { urlSegments } from './api-documents.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const names = fc.oneof(fc.constantFrom('limit', 'cursor', '__proto__'), words);

const queries = fc.array(fc.tuple(names, words)).map((pairs) => parse(new URLSearchParams(pairs).toString()));

const cookieHeaders = fc
  .dictionary(fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/), words.map(encodeURIComponent))
  .map((cookies) => Object.entries(cookies).map(([name, value]) => `${name}=${value}`))
  .map((pairs) => pairs.join('; '));

export const parsedRequests = (operations: Operation[]) =>
  fc
    .record({
      operation: fc.constantFrom(...operations),
      segment: urlSegments,
      end: fc.constantFrom('', '/', '?limit=1'),
      query: queries,
      cookie: cookieHeaders,
      headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), words),
      body: fc.option(fc.oneof(fc.object(), fc.array(fc.jsonValue())), { nil: undefined }),
    })
    .map(({ operation, segment, end, query, cookie, headers, body }) => ({
      operation,
      cookies: cookiesOf(cookie),
      // The cast: a query that Node has parsed may be undefined by type, though never when it is enumerated.
      request: {
        method: operation.method.toUpperCase(),
        path: operation.path.replace(/\{.*\}/, () => segment) + end,
        headers: { ...headers, cookie },
        query,
        body,
      } as Request,
    }));

/** As cookie-parser makes them. */
function cookiesOf(cookie: string): Record<string, string> {
  const req = { headers: { cookie } } as express.Request;
  cookieParser()(req, {} as express.Response, () => undefined);
  return req.cookies;
}
