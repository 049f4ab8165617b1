import { parseDateOrSeconds } from '../http/parse-date-or-seconds.ts';

/** A cookie. It belongs to the origin that set it; `Domain` is ignored. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
  readonly path: string;
  readonly secure: boolean;
  /** Milliseconds since the epoch. Without it, the cookie lives as long as the client. */
  readonly expiresAt?: number | undefined;
}

/** A session that can be stored as JSON and restored. It is a credential: store it as securely as a password. */
export type SessionState = readonly Cookie[];

/** Parses a `Set-Cookie` header (RFC 6265, section 5.2) of a response from the given URL. */
export function parseSetCookie(header: string, { origin, pathname }: URL): Cookie | undefined {
  const [[name = '', value = ''] = [], ...attributes] = header.split(';').map((pair) => {
    const [key = '', ...text] = pair.split('=');
    return [key.trim(), text.join('=').trim()] as const;
  });
  if (name === '') return undefined;
  const attribute = new Map(attributes.map(([key, text]) => [key.toLowerCase(), text]));
  const path = attribute.get('path') ?? '';
  // `Max-Age` has precedence over `Expires`.
  const expiresAt = parseDateOrSeconds(attribute.get('max-age') ?? '', attribute.get('expires') ?? '');
  return {
    name,
    value,
    origin,
    path: path.startsWith('/') ? path : pathname.replace(/\/[^/]*$/, '') || '/',
    secure: attribute.has('secure'),
    expiresAt,
  };
}
