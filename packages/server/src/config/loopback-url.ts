import type { IncomingMessage } from 'node:http';

/** Matched exactly, since it is repeated in the response: `localhost`, an address of 127.0.0.0/8 or `[::1]`, and a port. */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Headers that only proxies add. Behind a proxy, the path and address are unknown. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-prefix', 'x-real-ip'];

/** The URL that a client on this machine reached the server by; undefined where the client or the `Host` is another. */
export function loopbackUrl({ headers, httpVersion }: IncomingMessage): string | undefined {
  const { host = '' } = headers;
  // nginx speaks HTTP/1.0 to servers unless it is configured otherwise, and sends the server's own address as `Host`.
  if (httpVersion === '1.0' || PROXY_HEADERS.some((name) => headers[name] !== undefined)) return undefined;
  const url = `http://${host.toLowerCase()}`;
  return LOOPBACK_HOST.test(host) && URL.canParse(url) ? url : undefined;
}
