/** A request that is sent repeatedly. */
export interface Load {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** The status that every response must have. */
  status: number;
  /** Whether the response needs the database. */
  stored: boolean;
}

/** Returns the four requests, as a logged-in browser sends them. */
export function loadsOf(accessToken: string): Load[] {
  // Browsers also send the refresh token. Those of Cognito are about this long.
  const cookie = `access_token=${accessToken}; refresh_token=${'r'.repeat(1700)}`;
  const get = { method: 'GET', headers: { cookie }, status: 200 } as const;
  return [
    { ...get, name: 'health', path: '/health', headers: {}, stored: false },
    { ...get, name: 'me', path: '/users/me', stored: false },
    { ...get, name: 'list 50', path: '/messages', stored: true },
    {
      name: 'post',
      method: 'POST',
      path: '/messages',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'Hello, chatbot! Is it message number one already?' }),
      status: 201,
      stored: true,
    },
  ];
}
