import { momentMs } from '../http/parse-date-or-seconds.ts';

/** A cookie and where it goes; always to the origin that set it alone, so `Domain` is not kept. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
  readonly path: string;
  readonly secure: boolean;
  /** In milliseconds since the epoch; without it, as late as the client. */
  readonly expiresAt?: number | undefined;
}

/** A session that can be kept, as JSON, and gone on with. Whoever has it is logged in: keep it as a password. */
export type SessionState = readonly Cookie[];

/** Reads a `Set-Cookie` header (RFC 6265, section 5.2) of an answer from `url`. */
export function parseSetCookie(header: string, { origin, pathname }: URL): Cookie | undefined {
  const [[name = '', value = ''] = [], ...attributes] = header.split(';').map((pair) => {
    const [key = '', ...text] = pair.split('=');
    return [key.trim(), text.join('=').trim()] as const;
  });
  if (name === '') return undefined;
  const of = new Map(attributes.map(([key, text]) => [key.toLowerCase(), text]));
  const path = of.get('path') ?? '';
  // `Max-Age` has precedence over `Expires`; without either, the cookie lives as long as the client.
  const expiresAt = momentMs(of.get('max-age') ?? '', of.get('expires') ?? '');
  return {
    name,
    value,
    origin,
    path: path.startsWith('/') ? path : pathname.replace(/\/[^/]*$/, '') || '/',
    secure: of.has('secure'),
    expiresAt,
  };
}
