/** Mutations of a body that is an object of strings, like every body of the spec. */
import fc from 'fast-check';
import { CANARY } from '../checks/canary.ts';
import type { Mutation } from './mutations.ts';
import { edgesOf, type Schema } from './schema-values.ts';

const TEXTS = [
  '\ud800',
  '\udc00',
  '\0',
  '\ufeff',
  '\u202e',
  'e\u0301',
  '\u2028',
  '👩‍👩‍👧',
  '\uffff',
  '\u{10ffff}',
  'İß',
  ' ',
];
const NAMES = ['__proto__', 'constructor', 'toString', 'id_user', 'is_bot', 'email', '', 'a/b', '~', `${CANARY}é`];
const TYPES = [
  'text/plain',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/json; charset',
  'APPLICATION/JSON',
  'application/json,text/plain',
  'multipart/form-data; boundary=x',
  '',
];
const ENCODINGS = ['gzip', 'br', 'deflate', 'compress', 'identity'];

export function bodyMutations({ properties = {} }: Schema): Mutation[] {
  const known = fc.constantFrom(...Object.keys(properties));
  const unknown = fc.oneof(fc.constantFrom(...NAMES), fc.string());
  const odd = fc.constantFrom(...TEXTS).map((text) => `${CANARY}-1${text}${CANARY}`);
  const long = fc.constantFrom(9000, 40_000, 70_000).map((length) => CANARY.padEnd(length, '😀!'));
  const edge = known.chain((name) => fc.tuple(fc.constant(name), edgesOf(properties[name] ?? {})));
  const pairs = fc.oneof(
    edge,
    fc.tuple(known, odd),
    fc.tuple(known, long),
    fc.tuple(known, fc.jsonValue()),
    fc.tuple(unknown, fc.jsonValue()),
  );

  return [
    (sane) => known.map((name) => ({ ...sane, json: without(sane.json, name) })),
    // As likely as all the others combined.
    ...Array<Mutation>(5).fill((sane) => pairs.map((pair) => ({ ...sane, json: withPair(sane.json, pair) }))),
    (sane) => fc.jsonValue().map((json) => ({ ...sane, json })),
    (sane) => fc.nat(200).map((length) => ({ ...sane, bytes: JSON.stringify(sane.json).slice(0, length) })),
    (sane) => fc.nat(30_000).map((depth) => ({ ...sane, bytes: '['.repeat(depth) + ']'.repeat(depth) })),
    (sane) => fc.constantFrom(...TYPES).map((type) => ({ ...sane, headers: { 'content-type': type } })),
    (sane) =>
      fc
        .constantFrom(...ENCODINGS)
        .map((encoding) => ({ ...sane, headers: { ...sane.headers, 'content-encoding': encoding } })),
  ];
}

/** Built from entries, so that even `__proto__` becomes a property. */
const withPair = (json: unknown, pair: [string, unknown]) =>
  Object.fromEntries([...Object.entries(json as object), pair]);

const without = (json: unknown, name: string) =>
  Object.fromEntries(Object.entries(json as object).filter(([key]) => key !== name));
