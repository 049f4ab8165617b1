/** Requests to given operations, with the query as Node parses it and any cookies. */
import { parse } from 'node:querystring';
import fc from 'fast-check';
import type { Operation, Request } from 'openapi-backend';
import { urlSegments } from './api-documents.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const names = fc.oneof(fc.constantFrom('limit', 'cursor', '__proto__'), words);

const queries = fc.array(fc.tuple(names, words)).map((pairs) => parse(new URLSearchParams(pairs).toString()));

const cookies = fc.dictionary(fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/), words);

export const parsedRequests = (operations: Operation[]) =>
  fc
    .record({
      operation: fc.constantFrom(...operations),
      segment: urlSegments,
      end: fc.constantFrom('', '/', '?limit=1'),
      query: queries,
      cookies,
      headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), words),
      body: fc.option(fc.oneof(fc.object(), fc.array(fc.jsonValue())), { nil: undefined }),
    })
    .map(({ operation, segment, end, query, cookies, headers, body }) => ({
      operation,
      cookies,
      // The cast: by type, the values of a parsed query may be undefined, but the enumerated ones never are.
      request: {
        method: operation.method.toUpperCase(),
        path: operation.path.replace(/\{.*\}/, () => segment) + end,
        headers,
        query,
        body,
      } as Request,
    }));
