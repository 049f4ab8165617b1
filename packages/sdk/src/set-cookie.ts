/** A cookie and where it goes; always to the origin that set it alone, so `Domain` is not kept. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
  readonly path: string;
  readonly secure: boolean;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Reads a `Set-Cookie` header (RFC 6265, section 5.2) of an answer from `url`. */
export function parseSetCookie(header: string, url: URL): Cookie | undefined {
  const [pair = '', ...rest] = header.split(';');
  const [name, value] = splitPair(pair);
  if (name === '') return undefined;
  const attributes = new Map(rest.map(splitPair).map(([key, text]) => [key.toLowerCase(), text]));
  return {
    name,
    value,
    origin: url.origin,
    path: attributes.get('path')?.match(/^\/.*/)?.[0] ?? folderOf(url.pathname),
    secure: attributes.has('secure'),
    expiresAt: expiryOf(attributes),
  };
}

function splitPair(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals === -1) return [text.trim(), ''];
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

function folderOf(pathname: string): string {
  return pathname.slice(0, pathname.lastIndexOf('/')) || '/';
}

/** `Max-Age` has precedence over `Expires`; without either, the cookie lives as long as the client. */
function expiryOf(attributes: ReadonlyMap<string, string>): number {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) return Date.now() + Number(maxAge) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires;
}
