import { describe, expect, test } from 'vitest';
import { ApiError, createClient, type Problem } from '../../src/index.ts';
import { fixtureServer, json, problem, type Responder } from '../support/fixture-server.ts';

const requestId = '0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b';
const invalid: Problem = {
  type: '/problems#validation-failed',
  title: 'Validation failed',
  status: 422,
  detail: '/content must be at least 1 character',
  instance: `urn:uuid:${requestId}`,
  code: 'validation-failed',
  request_id: requestId,
  errors: [{ pointer: '/content', code: 'minLength', message: 'must be at least 1 character' }],
};
const problemJson = { 'content-type': 'application/problem+json; charset=utf-8' };

describe('a problem of the API', () => {
  test('422 sets every field of the ApiError', async () => {
    const error = await errorOf(json(invalid, 422, { ...problemJson, 'x-request-id': requestId }));
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('ApiError');
    expect(String(error)).toBe(`ApiError: ${invalid.detail}`);
    expect(error.stack).toMatch(/^ApiError: /);
    expect(error.status).toBe(422);
    expect(error.code).toBe('validation-failed');
    expect(error.problem).toEqual(invalid);
    expect(error.requestId).toBe(requestId);
    expect(error.errors).toEqual(invalid.errors);
  });

  test('404 has no validation errors, and the request id comes from the body if the header is hidden', async () => {
    const { errors: _, ...notFound } = { ...invalid, status: 404, code: 'message-not-found' };
    const error = await errorOf(json(notFound, 404, problemJson));
    expect(error).toMatchObject({ status: 404, code: 'message-not-found', errors: [], requestId });
  });
});

test.each<[number, Record<string, string>, number | undefined]>([
  [429, { 'retry-after': '60' }, 60],
  [503, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  [503, {}, undefined],
])('%i with %j has retryAfterSeconds %j', async (status, headers, seconds) => {
  expect((await errorOf(problem('service-unavailable', status, headers))).retryAfterSeconds).toBe(seconds);
});

describe('a response that is not from the API', () => {
  test.each<[string, Responder, number]>([
    ['502 with HTML', html('<h1>Bad Gateway</h1>', 502), 502],
    ['503 without a body', (res) => res.writeHead(503).end(), 503],
    ['403 with JSON', json({ code: 'forbidden' }, 403), 403],
    ['429 with a problem without a code', json({ title: 'Too many' }, 429, problemJson), 429],
    ['429 with a problem whose code is a number', json({ code: 7 }, 429, problemJson), 429],
    ['500 with a problem that is null', json(null, 500, problemJson), 500],
    ['200 with HTML', html('<h1>Welcome to the Wi-Fi</h1>', 200), 200],
    ['200 without a body', (res) => res.writeHead(200).end(), 200],
  ])('%s causes an ApiError without a code', async (_, reply, status) => {
    const error = await errorOf(reply);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, code: undefined, problem: undefined, requestId: undefined, errors: [] });
    expect(error.message).toContain(`status ${status}`);
  });

  test('502 has the request id if the header is present', async () => {
    const error = await errorOf((res) => res.writeHead(502, { 'x-request-id': 'abc' }).end());
    expect(error.requestId).toBe('abc');
  });
});

test('204 resolves to undefined', async () => {
  const server = await fixtureServer((res) => res.writeHead(204).end());
  expect(await createClient({ baseUrl: server.url }).health.get()).toBeUndefined();
});

function html(body: string, status: number): Responder {
  return (res) => res.writeHead(status, { 'content-type': 'text/html' }).end(body);
}

async function errorOf(reply: Responder): Promise<ApiError> {
  const server = await fixtureServer(reply);
  const error: unknown = await createClient({ baseUrl: server.url, maxRetries: 0 })
    .messages.send({ content: '' })
    .catch((thrown: unknown) => thrown);
  if (error instanceof ApiError) return error;
  throw new Error('The call did not reject with an ApiError', { cause: error });
}
