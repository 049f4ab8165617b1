import type { IncomingMessage } from 'node:http';

/** `localhost`, an address in 127.0.0.0/8 or `[::1]`, with an optional port. Strict, since the response repeats the header. */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Headers that only proxies add. Behind a proxy, the client's URL is unknown. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-prefix', 'x-real-ip'];

/** The URL by which a client on this machine reached the server. Undefined for remote clients and behind proxies. */
export function loopbackUrl({ headers, httpVersion }: IncomingMessage): string | undefined {
  const { host = '' } = headers;
  // By default, nginx uses HTTP/1.0 and sends the server's own address as `Host`.
  if (httpVersion === '1.0' || PROXY_HEADERS.some((name) => headers[name] !== undefined)) return undefined;
  const url = `http://${host.toLowerCase()}`;
  return LOOPBACK_HOST.test(host) && URL.canParse(url) ? url : undefined;
}
