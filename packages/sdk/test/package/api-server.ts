import { fixtureServer, json, problem, type ReceivedRequest, type Responder } from '../support/fixture-server.ts';
import { frames, reply, stream, streamEvents, TEXT } from '../support/reply-server.ts';

const COOKIES = [
  'access=canary; Path=/; HttpOnly; SameSite=Lax',
  'refresh=canary; Path=/users; HttpOnly; SameSite=Lax',
];

/** The report that `consumers/journey.mjs` must return. */
export const expected = {
  isApiError: true,
  isError: true,
  code: 'unauthenticated',
  email: 'ada@example.com',
  reply: TEXT,
  streamed: TEXT,
  // B14: the cache option of all requests.
  caches: ['no-store'],
};

/** The part of the API that the journey needs, and these scripts for a browser. */
export function apiServer(scripts: Readonly<Record<string, string>> = {}) {
  return fixtureServer((res, request) => respond(request, scripts)(res, request));
}

function respond({ line, headers }: ReceivedRequest, scripts: Readonly<Record<string, string>>): Responder {
  const script = scripts[line];
  if (script !== undefined) return (res) => res.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  if (line === 'GET /page') return (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
  if (line === 'POST /users/login') return json({ message: 'Login successful' }, 200, { 'set-cookie': COOKIES });
  if (!headers.cookie?.includes('access=canary')) return problem('unauthenticated', 401);
  if (line === 'GET /users/me') return json({ user_id: 'ada', email: expected.email });
  if (headers.accept?.startsWith('text/event-stream')) return stream(frames(streamEvents));
  return json({ bot_response: reply(TEXT, 'completed') }, 201);
}
