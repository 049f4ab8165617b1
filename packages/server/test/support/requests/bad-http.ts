/** Requests that are not valid HTTP or that our clients never send, each with a title. */
import { http } from './raw-request.ts';

export const HOST = 'Host: canary';
const CLOSE = 'Connection: close';
const CHUNKED = 'Transfer-Encoding: chunked';
const JSON_TYPE = 'Content-Type: application/json';

/** Requests that are not valid HTTP. */
export const NOT_HTTP: [what: string, bytes: string][] = [
  ['a line of nonsense', 'canary\r\n\r\n'],
  ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['another protocol in the request line', http('GET /health HTTQ/1.1', HOST)],
  ['a method that does not exist', http('CANARY /health HTTP/1.1', HOST)],
  ['a space in the path', http('GET /messages/a b HTTP/1.1', HOST)],
  ['bytes beyond ASCII in the path', http('GET /messages/\xe9 HTTP/1.1', HOST)],
  ['a header without a name', http('GET /health HTTP/1.1', HOST, ': canary')],
  ['a folded header', http('GET /health HTTP/1.1', HOST, 'X-Canary: a', ' b')],
  ['bare line feeds', `GET /health HTTP/1.1\nHost: canary\n\n`],
  ['no Host', http('GET /health HTTP/1.1', CLOSE)],
  ['two Hosts', http('GET /health HTTP/1.1', HOST, 'Host: other', CLOSE)],
  ['a URL that cannot be parsed', http('GET http://[::1/health HTTP/1.1', HOST, CLOSE)],
  ['a URL with a malformed user', http('GET http://%E0@canary/health HTTP/1.1', HOST, CLOSE)],
  ['a malformed chunk', `${http('POST /users/login HTTP/1.1', HOST, JSON_TYPE, CHUNKED)}zz\r\n{}`],
];

/** Headers that make two servers disagree on where a body ends. */
export const SMUGGLED: [what: string, headers: string[]][] = [
  ['CL.TE', [`Content-Length: 4`, CHUNKED]],
  ['TE.CL', [CHUNKED, `Content-Length: 4`]],
  ['TE.TE', [CHUNKED, 'Transfer-Encoding: identity']],
  ['CL.CL', ['Content-Length: 4', 'Content-Length: 40']],
  ['a length that is not a number', ['Content-Length: +4']],
  ['a chunked encoding that is not the last', ['Transfer-Encoding: chunked, gzip']],
  ['a hidden chunked encoding', ['Transfer-Encoding : chunked', 'Content-Length: 4']],
];

/** Valid but unusual requests. The title begins with the status. */
export const UNUSUAL: [title: string, bytes: string][] = [
  ['200 for HTTP/1.0 without a Host', http('GET /health HTTP/1.0')],
  ['200 for an absolute URL', http('GET http://canary/health HTTP/1.1', HOST, CLOSE)],
  ['200 for an unknown expectation', http('GET /health HTTP/1.1', HOST, CLOSE, 'Expect: canary')],
  [
    '200 for an upgrade that is not offered',
    http('GET /health HTTP/1.1', HOST, 'Connection: Upgrade, close', 'Upgrade: h2c'),
  ],
  ['405 for TRACE, which echoes nothing', http('TRACE /health HTTP/1.1', HOST, CLOSE, 'X-Canary: canary')],
  ['404 for the server as a whole', http('OPTIONS * HTTP/1.1', HOST, CLOSE)],
  ['404 for two slashes at the end of the path', http('GET /health// HTTP/1.1', HOST, CLOSE)],
  ['404 for dots in the path', http('GET /docs/../../package.json HTTP/1.1', HOST, CLOSE)],
  ['404 for encoded dots in the path', http('GET /docs/%2e%2e%2fpackage.json HTTP/1.1', HOST, CLOSE)],
];
