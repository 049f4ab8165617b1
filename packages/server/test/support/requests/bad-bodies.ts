/** Invalid bodies of a message, and the expected responses. */
import { gzipSync } from 'node:zlib';
import { CANARY } from '../checks/canary.ts';
import type { CallOptions } from './client.ts';

export interface BadBody extends CallOptions {
  what: string;
  status: 400 | 413 | 415 | 422;
  detail?: string;
  /** The location and code of every validation error, in order. */
  errors?: string[];
}

type Bytes = NonNullable<CallOptions['body']>;

export const json = (body: Bytes, headers: Record<string, string> = {}): CallOptions => ({
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

const valid = JSON.stringify({ content: CANARY });
/** A valid message of this many bytes; only its content is too long. */
const ofBytes = (count: number) => JSON.stringify({ content: CANARY.padEnd(count - '{"content":""}'.length, '!') });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const gzip = { 'content-encoding': 'gzip' };

const row =
  (status: BadBody['status'], detail?: string) =>
  (what: string, options: CallOptions): BadBody => ({ what, status, ...(detail && { detail }), ...options });

const notJson = row(400, 'The body is not valid JSON.');
const notUtf8 = row(400, 'The body is not valid UTF-8.');
const tooLarge = row(413);
const wrongType = row(415, 'Send the body as application/json in UTF-8.');
const wrongCharset = row(415, 'Send the body in UTF-8, uncompressed or compressed with gzip.');
const invalid = (what: string, body: Bytes, ...errors: string[]): BadBody => ({
  ...row(422)(what, json(body)),
  errors,
});

const typed = (type: string) => json(valid, { 'content-type': type });

export const BODIES: BadBody[] = [
  notJson('broken JSON', json('{"content":"canary"')),
  notJson('two documents', json(valid + valid)),
  notJson('a comment', json(`/* ${CANARY} */ ${valid}`)),
  notJson('NaN', json('{"content":NaN}')),
  notJson('corrupt gzip', json(gzipSync(valid).subarray(0, 20), gzip)),
  notJson('plain JSON that claims to be gzip', json(valid, gzip)),
  notUtf8('an overlong encoding', json(Buffer.from('{"content":"\xc0\xaf"}', 'latin1'))),
  notUtf8('Latin-1', json(Buffer.from('{"content":"caf\xe9"}', 'latin1'))),
  notUtf8('an encoded surrogate', json(Buffer.from('{"content":"\xed\xa0\x80"}', 'latin1'))),

  tooLarge('one byte over 100 KB', json(ofBytes(102_401))),
  tooLarge('a megabyte', json(ofBytes(1_000_000))),
  tooLarge('110 KB in chunks, without a length', json(new Blob([ofBytes(110_000)]).stream())),
  tooLarge('5 MB in 5 KB of gzip', json(gzipSync(ofBytes(5_000_000)), gzip)),

  wrongType('plain text', typed('text/plain')),
  wrongType('a form', typed('application/x-www-form-urlencoded')),
  wrongType('a multipart form', typed('multipart/form-data; boundary=canary')),
  wrongType('no content type, as a Blob without one sends it', { body: Buffer.from(valid) }),
  wrongType('an empty content type', typed('')),
  wrongType('a type that only begins like JSON', typed('application/jsonp')),
  wrongType('a type of its own', typed('application/vnd.canary+json')),
  wrongCharset('declared Latin-1', typed('application/json; charset=latin1')),
  wrongCharset('an unknown charset', typed('application/json; charset=canary')),
  wrongCharset('UTF-16', typed('application/json; charset=utf-16le')),
  wrongCharset('UTF-7, which hides surrogates', typed('application/json; charset=utf-7')),
  wrongCharset('an unknown content encoding', json(valid, { 'content-encoding': 'compress' })),

  invalid('an empty body', '', ' required'),
  { ...row(422)('an empty body, compressed', json(gzipSync(''), gzip)), errors: ['/content required'] },
  ...['null', 'true', '1', '"canary"', '[]', '"{\\"content\\":\\"canary\\"}"'].map((body) =>
    invalid(`the body ${body}`, body, ' type'),
  ),
  invalid('arrays 30 000 deep', nested(30_000), ' type'),
  invalid('content 30 000 deep', `{"content":${nested(30_000)}}`, '/content type'),
  invalid('content of the wrong type', '{"content":1}', '/content type'),
  invalid('no content', '{}', '/content required'),
  invalid('empty content', '{"content":""}', '/content minLength'),
  invalid('100 KB of content', ofBytes(102_400), '/content maxLength'),
  invalid('a lone surrogate', '{"content":"canary \\ud800"}', '/content pattern'),
  invalid('a lone low surrogate', '{"content":"canary \\udc00!"}', '/content pattern'),
  invalid('NUL', '{"content":"canary \\u0000"}', '/content pattern'),
  ...[
    ' ',
    ' \\t\\n',
    '\\u00a0\\u3000',
    '\\u200b\\u200d\\ufeff',
    '\\u00ad\\u2060\\ufe0f',
    '\\udb40\\udc61\\udb40\\udddf',
  ].map((blank) => invalid(`nothing visible: ${blank}`, `{"content":"${blank}"}`, '/content pattern')),
  invalid('a field too many', '{"content":"canary","is_bot":true}', '/is_bot additionalProperties'),
  invalid('__proto__', '{"content":"canary","__proto__":{"polluted":1}}', '/__proto__ additionalProperties'),
  invalid(
    'content in __proto__',
    '{"__proto__":{"content":"canary"}}',
    '/content required',
    '/__proto__ additionalProperties',
  ),
  invalid(
    'constructor',
    '{"content":"canary","constructor":{"prototype":{"polluted":1}}}',
    '/constructor additionalProperties',
  ),
  invalid(
    'a very long name',
    `{"content":"canary","${'c'.repeat(60_000)}":1}`,
    `/${'c'.repeat(499)} additionalProperties`,
  ),
  invalid(
    'a very long name of escapes',
    `{"content":"canary","${'c/'.repeat(999)}":1}`,
    `/${'c~1'.repeat(166)}c additionalProperties`,
  ),
];
