import { document } from '@async-chatbot/api-spec';
import { Problem } from '@async-chatbot/shared/problem';
import fc from 'fast-check';
import { type Document, OpenAPIRouter, type Request } from 'openapi-backend';
import { describe, expect, it } from 'vitest';
import { Router } from '../../src/http/router.ts';
import { slimDefinition } from '../../src/http/slim-definition.ts';
import { documentOf, documents, requestsFor } from './api-documents.ts';
import { parsedRequests } from './parsed-requests.ts';

const SEED = 20_261_122;

/** openapi-backend's own router, configured like ours. */
const stockRouter = (definition: Document) => new OpenAPIRouter({ definition, ignoreTrailingSlashes: true });

// The cast: the type of an imported JSON document is wider than the library's.
const spec = document as unknown as Document;

/** The id of the matching operation, or the status if there is none. */
function foundBy(router: OpenAPIRouter, request: Request): string | undefined {
  try {
    return router.matchOperation(request, true).operationId;
  } catch (error) {
    return error instanceof Problem ? `${error.status}` : (error as Error).message.slice(0, 3);
  }
}

const requestTo = (path: string, method = 'get'): Request => ({ method, path, headers: {} });

describe('matchOperation', () => {
  it('matches as openapi-backend does, or throws the same 404 or 405', () => {
    const seen: Record<string, number> = {};
    const routed = documents.chain((definition) =>
      fc.tuple(fc.constant(definition), fc.array(requestsFor(definition), { minLength: 1, maxLength: 20 })),
    );
    fc.assert(
      fc.property(routed, ([definition, requests]) => {
        const [ours, stock] = [new Router(definition), stockRouter(definition)];
        for (const request of requests.map(({ method, path }) => requestTo(path, method))) {
          const found = foundBy(ours, request);
          // The library ignores more than one slash at the end.
          const isUnknown = /^[^?]*\/\/(?:\?|$)/.test(request.path);
          expect(found).toBe(isUnknown ? '404' : foundBy(stock, request));
          const operationId = isUnknown ? undefined : stock.matchOperation(request)?.operationId;
          expect(ours.matchOperation(request)?.operationId).toBe(operationId);
          const kind = /^40\d$/.test(`${found}`) ? `${found}` : 'found';
          seen[kind] = (seen[kind] ?? 0) + 1;
        }
      }),
      { seed: SEED, numRuns: 1000 },
    );
    for (const kind of ['found', '404', '405']) expect(seen[kind], kind).toBeGreaterThan(500);
  });

  it("returns openapi-backend's operations", () => {
    expect(new Router(spec).getOperations()).toEqual(stockRouter(spec).getOperations());
    expect(new Router(spec).getOperation('editMessage')).toEqual(stockRouter(spec).getOperation('editMessage'));
    expect(new Router(spec).getOperation('nothing')).toBeUndefined();
  });
});

describe('parseRequest', () => {
  const [ours, stock] = [new Router(spec), stockRouter(spec)];
  const requests = parsedRequests(ours.getOperations());

  it('parses as openapi-backend does', () => {
    fc.assert(
      fc.property(requests, ({ operation, request, cookies }) => {
        const { body, ...expected } = stock.parseRequest(request, operation);
        expect(ours.parseRequest({ ...request, cookies }, operation)).toEqual({ ...expected, cookies });
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('parses no parameters from a path without an operation', () => {
    expect(ours.parseRequest(requestTo('/messages/1'))).toMatchObject({ params: {}, query: {}, cookies: {} });
  });

  it('does not parse a string that is JSON, unlike openapi-backend', () => {
    const request = { ...requestTo('/messages', 'post'), body: '{"content":"canary"}' };
    expect(ours.parseRequest(request).requestBody).toBe(request.body);
    expect(stock.parseRequest(request).requestBody).toEqual({ content: 'canary' });
  });

  it("does not change the request's query", () => {
    const query = { limit: '1' };
    const router = new Router(slimDefinition());
    const operation = router.getOperation('listMessages');
    expect(router.parseRequest({ ...requestTo('/messages'), query }, operation).query).toEqual({ limit: 1 });
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

describe('the allowed methods of a 405', () => {
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

  function allowedAt(path: string): string[] | undefined {
    try {
      router.matchOperation(requestTo(path, 'delete'), true);
      return undefined;
    } catch (error) {
      expect(error).toMatchObject({ code: 'method-not-allowed' });
      return (error as Problem).headers.Allow?.split(', ').sort();
    }
  }

  it.each([
    ['/a/b', ['GET', 'HEAD', 'POST', 'PUT']],
    ['/a/b/', ['GET', 'HEAD', 'POST', 'PUT']],
    ['/a/c', ['GET', 'HEAD', 'PUT']],
  ])('%s', (path, methods) => {
    expect(allowedAt(path)).toEqual(methods);
  });
});

describe('the definition of the pipeline', () => {
  it("has the contract's operations", () => {
    const summary = (definition: Document) =>
      stockRouter(definition)
        .getOperations()
        .map(({ operationId, method, path }) => [operationId, method, path])
        .sort();
    expect(summary(slimDefinition())).toEqual(summary(spec));
  });

  it("converts the contract's integers, and nothing else", () => {
    const router = new Router(slimDefinition());
    const operation = router.getOperation('listMessages');
    const query = { limit: '1', cursor: '1', order: '0x1' };
    expect(router.parseRequest({ ...requestTo('/messages'), query }, operation).query).toEqual({ ...query, limit: 1 });
    expect(router.parseRequest({ ...requestTo('/messages'), query: { limit: '0x1' } }, operation).query).toEqual({
      limit: '0x1',
    });
  });
});
