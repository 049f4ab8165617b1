import { parse } from 'cookie';

/** Parses cookies as the server's cookie-parser does. It parses values that begin with `j:` as JSON. */
export const parseCookies = (header: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parse(header)).map(([name, value]) => [name, jsonIn(value) || value]));

function jsonIn(value = ''): unknown {
  if (!value.startsWith('j:')) return undefined;
  try {
    return JSON.parse(value.slice(2));
  } catch {
    return undefined;
  }
}
