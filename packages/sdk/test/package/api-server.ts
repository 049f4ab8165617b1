import { fixtureServer, json, problem, type Reply, type SeenRequest } from '../support/fixture-server.ts';
import { frames, reply, stream, TEXT, told } from '../support/reply-server.ts';

const COOKIES = [
  'access=canary; Path=/; HttpOnly; SameSite=Lax',
  'refresh=canary; Path=/users; HttpOnly; SameSite=Lax',
];

/** What `consumers/journey.mjs` is to tell. */
export const expected = {
  isApiError: true,
  isError: true,
  code: 'unauthenticated',
  email: 'ada@example.com',
  answer: TEXT,
  streamed: TEXT,
  // B14: of every request.
  caches: ['no-store'],
};

/** As much of the API as the journey asks for, and these scripts for a browser. */
export function apiServer(scripts: Readonly<Record<string, string>> = {}) {
  return fixtureServer((res, request) => answer(request, scripts)(res, request));
}

function answer({ line, headers }: SeenRequest, scripts: Readonly<Record<string, string>>): Reply {
  const script = scripts[line];
  if (script !== undefined) return (res) => res.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  if (line === 'GET /page') return (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
  if (line === 'POST /users/login') return json({ message: 'Login successful' }, 200, { 'set-cookie': COOKIES });
  if (!headers.cookie?.includes('access=canary')) return problem('unauthenticated', 401);
  if (line === 'GET /users/me') return json({ user_id: 'ada', email: expected.email });
  if (headers.accept?.startsWith('text/event-stream')) return stream(frames(told));
  return json({ bot_response: reply(TEXT, 'completed') }, 201);
}
