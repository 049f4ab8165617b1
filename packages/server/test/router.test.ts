import { document } from '@async-chatbot/api-spec';
import { Problem } from '@async-chatbot/shared/problem';
import fc from 'fast-check';
import { type Document, OpenAPIRouter, type Request } from 'openapi-backend';
import { describe, expect, it } from 'vitest';
import { Router } from '../src/router.ts';
import { documentOf, documents, requestsFor } from './support/api-documents.ts';
import { parsedRequests } from './support/parsed-requests.ts';

const SEED = 20_261_122;

/** The router that openapi-backend comes with, set up as ours is. */
const stockRouter = (definition: Document) => new OpenAPIRouter({ definition, ignoreTrailingSlashes: true });

// The cast: the type of an imported JSON document is wider than the library's.
const spec = document as unknown as Document;

/** The id of the operation that is found, or the status if there is none. */
function foundBy(router: OpenAPIRouter, request: Request): string | undefined {
  try {
    return router.matchOperation(request, true).operationId;
  } catch (error) {
    return (error as Error).message.slice(0, 3);
  }
}

const requestTo = (path: string, method = 'get'): Request => ({ method, path, headers: {} });

describe('matchOperation', () => {
  it('finds what openapi-backend finds, or the same 404 or 405', () => {
    const seen: Record<string, number> = {};
    const routed = documents.chain((definition) =>
      fc.tuple(fc.constant(definition), fc.array(requestsFor(definition), { minLength: 1, maxLength: 20 })),
    );
    fc.assert(
      fc.property(routed, ([definition, requests]) => {
        const [ours, stock] = [new Router(definition), stockRouter(definition)];
        for (const request of requests.map(({ method, path }) => requestTo(path, method))) {
          const found = foundBy(ours, request);
          expect(found).toBe(foundBy(stock, request));
          expect(ours.matchOperation(request)?.operationId).toBe(stock.matchOperation(request)?.operationId);
          const kind = /^40\d$/.test(`${found}`) ? `${found}` : 'found';
          seen[kind] = (seen[kind] ?? 0) + 1;
        }
      }),
      { seed: SEED, numRuns: 1000 },
    );
    for (const kind of ['found', '404', '405']) expect(seen[kind], kind).toBeGreaterThan(500);
  });

  it('gives the very operations of openapi-backend', () => {
    expect(new Router(spec).getOperations()).toEqual(stockRouter(spec).getOperations());
    expect(new Router(spec).getOperation('editMessage')).toEqual(stockRouter(spec).getOperation('editMessage'));
    expect(new Router(spec).getOperation('nothing')).toBeUndefined();
  });
});

describe('parseRequest', () => {
  const [ours, stock] = [new Router(spec), stockRouter(spec)];
  const requests = parsedRequests(ours.getOperations());

  it('reads what openapi-backend reads', () => {
    fc.assert(
      fc.property(requests, ({ operation, request, cookies }) => {
        const { body, ...expected } = stock.parseRequest(request, operation);
        expect(ours.parseRequest({ ...request, cookies } as Request, operation)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('takes nothing from a path without an operation', () => {
    expect(ours.parseRequest(requestTo('/messages/1'))).toMatchObject({ params: {}, query: {}, cookies: {} });
  });

  it('leaves a string that is JSON a string, which openapi-backend would parse again', () => {
    const request = { ...requestTo('/messages', 'post'), body: '{"content":"canary"}' };
    expect(ours.parseRequest(request).requestBody).toBe(request.body);
    expect(stock.parseRequest(request).requestBody).toEqual({ content: 'canary' });
  });

  it('leaves the query of the request as it is', () => {
    const query = { limit: '1' };
    ours.parseRequest({ ...requestTo('/messages'), query }).query.limit = 1;
    expect(query).toEqual({ limit: '1' });
  });

  it.each(['%', '%E0%A4%A', '%zz', 'a%C3'])('throws malformed-request for %j in a path', (segment) => {
    const request = requestTo(`/messages/${segment}`, 'put');
    const operation = ours.matchOperation(request, true);
    expect(() => ours.parseRequest(request, operation)).toThrow(
      expect.objectContaining({ constructor: Problem, code: 'malformed-request' }),
    );
    expect(() => stock.parseRequest(request, operation)).toThrow(URIError);
  });
});

describe('methodsOf', () => {
  const router = new Router(
    documentOf([
      [
        '/a/{id}',
        [
          ['get', {}],
          ['put', {}],
        ],
      ],
      [
        '/a/b',
        [
          ['get', {}],
          ['post', {}],
        ],
      ],
    ]),
  );

  it.each([
    ['/a/b', ['GET', 'HEAD', 'POST', 'PUT']],
    ['/a/b/', ['GET', 'HEAD', 'POST', 'PUT']],
    ['/a/c', ['GET', 'HEAD', 'PUT']],
    ['/a', []],
  ])('%s', (path, methods) => {
    expect(router.methodsOf(path).toSorted()).toEqual(methods);
  });
});

describe('the documents that it refuses', () => {
  const explode = { name: 'ids', in: 'query', explode: false, schema: { type: 'array' } };
  const content = { name: 'filter', in: 'query', content: { 'application/json': { schema: {} } } };

  it.each([
    ['explode: false', explode, /get \/a: parameter ids .*explode: false/],
    ['content', content, /get \/a: parameter filter .*content/],
  ])('a parameter with %s', (_what, parameter, message) => {
    const definition = documentOf([['/a', [['get', { parameters: [parameter] }]]]]);
    expect(() => new Router(definition)).toThrow(message);
  });

  it('a path’s parameter as well as an operation’s', () => {
    const definition = documentOf([['/a', [['get', {}]]]]);
    Object.assign(definition.paths?.['/a'] ?? {}, { parameters: [content] });
    expect(() => new Router(definition)).toThrow(/parameter filter/);
  });

  it('not ours', () => {
    expect(() => new Router(spec)).not.toThrow();
  });
});
