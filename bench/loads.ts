import { randomBytes } from 'node:crypto';

/** A request that is sent repeatedly. */
export interface Load {
  name: LoadName;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** The status that every response must have. */
  status: number;
  /** Of the cookies of the session. */
  cookiePrefix?: string;
  /** Whether the request has a session. */
  isAuthenticated: boolean;
  /** Whether the response needs the database. */
  isStored: boolean;
}

export type LoadName = 'health' | 'me' | 'list 50' | 'post' | 'post with key' | 'streamed post';

export const ORIGIN = 'https://chat.example.com';

const get = { method: 'GET', headers: { origin: ORIGIN }, status: 200, isAuthenticated: true } as const;
const post = {
  method: 'POST',
  path: '/messages',
  headers: { origin: ORIGIN, 'content-type': 'application/json' },
  body: JSON.stringify({ content: 'Hello, chatbot! Is it message number one already?' }),
  status: 201,
  isAuthenticated: true,
  isStored: true,
} as const;

/** The requests, as a load balancer (health) or a browser on another origin sends them. */
export const LOADS: readonly Load[] = [
  { ...get, name: 'health', path: '/health', headers: {}, isAuthenticated: false, isStored: false },
  { ...get, name: 'me', path: '/users/me', isStored: false },
  { ...get, name: 'list 50', path: '/messages', isStored: true },
  { ...post, name: 'post' },
  {
    ...post,
    name: 'post with key',
    path: '/messages?id_conversation=01935a7d-0c00-7c55-9a02-0d3c6a1b7e21',
    headers: { ...post.headers, 'idempotency-key': 'b2f0a1de-4c8f-4f5e-9d0e-benchmark001' },
  },
  { ...post, name: 'streamed post', headers: { ...post.headers, accept: 'text/event-stream' } },
];

/** Browsers also send the refresh token. Those of Cognito are about this long. */
const REFRESH_TOKEN = randomBytes(1275).toString('base64url');

/** The headers of a request with this access token. */
export function headersOf(load: Load, accessToken: string): Record<string, string> {
  const { headers, isAuthenticated, cookiePrefix = '' } = load;
  if (!isAuthenticated) return headers;
  return {
    ...headers,
    cookie: `${cookiePrefix}access_token=${accessToken}; ${cookiePrefix}refresh_token=${REFRESH_TOKEN}`,
  };
}
