/** Mutations: each makes an invalid or unusual request from a valid case. */
import fc from 'fast-check';
import { bodyMutations } from './body-mutations.ts';
import type { Described, FuzzCase } from './fuzz-cases.ts';
import { edgesOf, flat } from './schema-values.ts';

export type Mutation = (sane: FuzzCase) => fc.Arbitrary<FuzzCase>;

/** The mutations that apply to an operation. */
export function mutationsOf({ parameters, requestBody }: Described): Mutation[] {
  const schema = requestBody && flat(requestBody.content['application/json'].schema);
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const headers = parameters.filter((parameter) => parameter.in === 'header');
  return [
    ...ANY,
    ...(schema ? bodyMutations(schema) : []),
    ...queries.map(
      ({ name, schema }): Mutation =>
        (sane) =>
          edgesOf(schema).map((value) => ({ ...sane, query: `${name}=${value}` })),
    ),
    ...headers.map(
      ({ name, schema }): Mutation =>
        (sane) =>
          fc
            .oneof(edgesOf(schema).map(String), headerTexts, fc.constantFrom(...TAGS))
            .map((value) => withHeader(sane, name.toLowerCase(), value)),
    ),
  ];
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PURGE'];
const COOKIES = ['access_token', 'refresh_token', '__Host-access_token'];
const TOKENS = ['Bearer', 'bearer  a.b.c', 'Basic Y2FuYXJ5', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Bearer a b'];
const SEGMENTS = ['%', '%E0%A4%A', '..%2F..', '%00', 'me', '*', '{id_message}', 'default', 'M%23default'];
const QUERIES = [
  'limit=1&limit=2',
  'limit=',
  'limit=1e1',
  'limit=0x1',
  'limit=-0',
  'limit[]=1',
  '__proto__=1',
  '&&',
  '=',
];
/** Values that resemble a version or a position. */
const TAGS = [
  '1',
  '"1',
  '"1" "2"',
  '*, "1"',
  'W/"1"',
  'w/"1"',
  '""',
  '"01"',
  '"99999999999"',
  ',',
  '1-',
  '0-0',
  '-1-1',
];
const HEADERS = [
  'accept',
  'x-http-method-override',
  'x-forwarded-host',
  'range',
  'if-none-match',
  'origin',
  'x-request-id',
];

/** Header values that `fetch` accepts. */
const headerTexts = fc
  .uint8Array({ min: 0x20, max: 0xff, maxLength: 100 })
  .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f)));
const segments = fc.oneof(
  fc.string({ unit: 'binary' }).map(encodeURIComponent),
  fc.uuid(),
  fc.constantFrom(...SEGMENTS),
);
const queries = fc.oneof(
  fc.webQueryParameters(),
  fc.constantFrom(...QUERIES),
  fc.string({ unit: 'binary', maxLength: 60 }).map(encodeURIComponent),
);
const credentials = fc.oneof(
  fc.constantFrom(...TOKENS),
  headerTexts.map((text) => `Bearer ${text}`),
  headerTexts,
);
const cookies = fc.oneof(
  headerTexts,
  fc.tuple(fc.constantFrom(...COOKIES), headerTexts).map((pair) => pair.join('=')),
);

const withHeader = (sane: FuzzCase, name: string, value: string): FuzzCase => ({
  ...sane,
  headers: { ...sane.headers, [name]: value },
});

const ANY: Mutation[] = [
  (sane) => fc.constantFrom(...METHODS).map((method) => ({ ...sane, method })),
  (sane) => segments.map((segment) => ({ ...sane, id: { segment } })),
  (sane) => queries.map((query) => ({ ...sane, query })),
  (sane) => fc.constant({ ...sane, caller: 'nobody' }),
  (sane) => credentials.map((authorization) => withHeader(sane, 'authorization', authorization)),
  (sane) => cookies.map((cookie) => withHeader(sane, 'cookie', cookie)),
  (sane) => fc.tuple(fc.constantFrom(...HEADERS), headerTexts).map((pair) => withHeader(sane, ...pair)),
  (sane) => fc.uint8Array({ maxLength: 2000 }).map((bytes) => ({ ...sane, bytes: new Uint8Array(bytes) })),
];
