import { describe, expect, test } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  createClient,
  NotFoundError,
  PermissionDeniedError,
  PreconditionFailedError,
  RateLimitError,
  ServerError,
  UnprocessableEntityError,
} from '../../src/index.ts';
import { fixtureServer, problem } from '../support/fixture-server.ts';

const classes = [
  ['malformed-request', 400, BadRequestError],
  ['invalid-credentials', 401, AuthenticationError],
  ['cross-site-request', 403, PermissionDeniedError],
  ['message-not-found', 404, NotFoundError],
  ['email-taken', 409, ConflictError],
  ['message-changed', 412, PreconditionFailedError],
  ['validation-failed', 422, UnprocessableEntityError],
  ['too-many-requests', 429, RateLimitError],
  ['internal-error', 500, ServerError],
] as const;

/** Returns the classes of which the error is an instance. */
const classesOf = (error: unknown) => classes.map(([, , each]) => each).filter((each) => error instanceof each);

describe.each(classes)('%s', (code, status, StatusError) => {
  test(`${status} is an instance of its class and of no other`, async () => {
    const server = await fixtureServer(problem(code, status));
    const error = await createClient({ baseUrl: server.url, maxRetries: 0 })
      .users.login({ email: 'canary@example.com', password: 'canary' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(classesOf(error)).toEqual([StatusError]);
  });
});

test.each([502, 503, 504, 599])('%i is a ServerError', (status) => {
  expect(classesOf(new ApiError(status))).toEqual([ServerError]);
});

test('other statuses and other errors are instances of none of these classes', () => {
  const others = [new ApiError(418), new ConnectionError('canary'), new Error('canary'), null, { status: 404 }];
  for (const error of others) expect(classesOf(error)).toEqual([]);
});
