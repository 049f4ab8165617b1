import type { Adapter } from './adapter.ts';
import type { Reply } from './fault-server.ts';

/** Answers with these in turn, and with the last one from then on. */
export function inTurn(...replies: [Reply, ...Reply[]]): Reply {
  const left = [...replies];
  let reply = replies[0];
  return (res, arrival) => {
    reply = left.shift() ?? reply;
    return reply(res, arrival);
  };
}

/** Answers with JSON. */
export function json(body: unknown, headers: Record<string, string> = {}, status = 200): Reply {
  return (res) => res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const done = json({ id: 'thing', object: 'thing' });

/** Says that something went wrong, in the words of all the APIs at once. */
export function problem({ problemType }: Adapter, status: number, headers: Record<string, string> = {}): Reply {
  // By these words GitHub's client knows a limit.
  const message = headers['retry-after'] ? 'You have exceeded a secondary rate limit' : 'It went wrong';
  const ours = { title: message, detail: message, status, code: codes[status], request_id: headers['x-request-id'] };
  const body = { ...ours, message, error: { type: 'api_error', message } };
  return json(body, { ...(problemType !== undefined && { 'content-type': problemType }), ...headers }, status);
}

/** Cuts the connection without an answer. */
export const reset: Reply = (res) => res.socket?.resetAndDestroy();

/** Never answers. */
export const silence: Reply = () => undefined;

const codes: Record<number, string> = {
  401: 'unauthenticated',
  403: 'cross-site-request',
  404: 'message-not-found',
  429: 'too-many-requests',
  503: 'service-unavailable',
};
