/** Generators of types, validators and sample data interpret the schemas as intended. */
import { describe, expect, test } from 'vitest';
import { contract, operations, resolved, type Schema } from './contract.ts';

/** Every schema of the document, with its path. */
function* schemasIn(node: unknown, place = ''): Generator<[place: string, schema: Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null || /\/(?:examples?|mapping)$/.test(place)) return;
  // The cast: a non-null object can be indexed by name.
  const members = node as Record<string, unknown>;
  if (typeof members.type === 'string' || 'allOf' in members || 'oneOf' in members) yield [place, members];
  for (const [name, member] of Object.entries(members)) yield* schemasIn(member, `${place}/${name}`);
}

const schemas = [...schemasIn(contract)];
const strings = schemas.filter(([, { type }]) => type === 'string');
const uuids = strings.filter(([place, { format }]) => format === 'uuid' || place.endsWith('/Uuid'));

// The cast: only these tests read these properties.
const components = contract.components.schemas as unknown as Record<
  string,
  Schema & { pattern: string; discriminator?: { propertyName: string; mapping: Record<string, string> } }
>;
const patternOf = (name: string): string => components[name]?.pattern ?? '';

test('a string is one schema, with neither allOf nor a reference beside its type', () => {
  expect(strings.length).toBeGreaterThan(50);
  const composed = strings.filter(([, schema]) => ['allOf', 'anyOf', 'oneOf', '$ref'].some((key) => key in schema));
  expect(composed.map(([place]) => place)).toEqual([]);
  expect(schemas.filter(([, schema]) => 'allOf' in schema).map(([place]) => place)).toEqual([]);
});

test('no property has a default, which would make it required in generated types', () => {
  expect(schemas.filter(([, schema]) => 'default' in schema).map(([place]) => place)).toEqual([]);
});

test('a text has the same single pattern everywhere', () => {
  const note = resolved<Schema>(components.Feedback?.properties?.note ?? {}) as { pattern?: string };
  expect(new Set([...['Password', 'Title'].map(patternOf), note.pattern]).size).toBe(1);
  // A message must also have a visible character.
  expect(patternOf('Content')?.replace(/\(\?=.*\]\)(?=\(\?:)/, '')).toBe(note.pattern);
});

const half = '\ud800';
const whole = '\u{1f600}';
describe.each(['', 'u'])('with the flags %j', (flags) => {
  test.each([
    ['Password123', true],
    ['12345678', true],
    ['a1', true],
    ['7', true],
    [`${whole}1`, true],
    [`1${whole}`, true],
    ['a b\t1\u00a0c', true],
    ['Password', false],
    ['', false],
    [' Password1', false],
    ['Password1 ', false],
    ['Password1\u00a0', false],
    ['Pass\nword1', false],
    ['Pass1\u2028word', false],
    ['Pass\0word1', false],
    [`Password1${half}`, false],
    [`${half}Password1`, false],
    [`Pass1${half}word`, false],
  ])('the pattern of a new password matches %j: %s', (text, expected) => {
    expect(new RegExp(patternOf('NewPassword'), flags).test(text)).toBe(expected);
  });

  test.each([
    ['', true],
    [' two\r\nlines\u2028 ', true],
    [whole, true],
    ['\u4e00', true],
    ['\ufb00', true],
    ['\u{10000}', true],
    ['\u{dffff}', true],
    ['\u{e1000}', true],
    ['\u{10fffd}', true],
    ['\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}', true],
    ['\u{e0061}b', true],
    ['\u{e0061}\u{e007f}', false],
    ['\u{e0000}', false],
    ['\u{e0100}\u{e01ef}', false],
    ['\u{e0fff}\u200b \ufe0f', false],
    ['a\0', false],
    [half, false],
    ['\udc00a', false],
  ])('the pattern of a message matches %j: %s', (text, expected) => {
    expect(new RegExp(patternOf('Content'), flags).test(text)).toBe(expected);
  });
});

test('every UUID has an exact pattern', () => {
  expect(uuids.map(([place]) => place.split('/').at(-1))).toEqual(
    expect.arrayContaining(['Uuid', 'MessageId', 'ConversationId', 'request_id']),
  );
  for (const [place, { pattern }] of uuids) {
    const exact = new RegExp(String(pattern));
    const version = String(pattern).includes('-7[') ? 7 : 4;
    expect(`01935a7d-0c01-${version}c55-9a02-6b1f0e9d8c7b`, place).toMatch(exact);
    for (const wrong of [
      '-'.repeat(36),
      '01935a7d0-c01-7c55-9a02-6b1f0e9d8c7b',
      '01935A7D-0C01-7C55-9A02-6B1F0E9D8C7B',
    ])
      expect(wrong, place).not.toMatch(exact);
  }
});

test('requests may contain UUIDs of any version; the server generates version 7', () => {
  const other = '8e03978e-40d5-43e8-bc93-6894a57f9324';
  expect(other).toMatch(new RegExp(patternOf('Uuid')));
  for (const name of ['MessageId', 'ConversationId']) expect(other).not.toMatch(new RegExp(patternOf(name)));
  const ids = operations.flatMap(({ parameters }) => parameters.filter(({ name }) => name.startsWith('id_')));
  expect(ids).not.toEqual([]);
  expect(new Set(ids.map(({ schema }) => schema.$ref))).toEqual(new Set(['#/components/schemas/Uuid']));
});

test('every branch of a oneOf is a named schema', () => {
  const choices = schemas.filter(([, schema]) => 'oneOf' in schema);
  expect(choices.map(([place]) => place.split('/').at(-1))).toEqual(['ExportedItem', 'ReplyEvent']);
  for (const [, { oneOf }] of choices)
    for (const branch of oneOf as object[]) expect(Object.keys(branch)).toEqual(['$ref']);
});

test('the discriminator maps the type of an event to its schema', () => {
  const { discriminator, oneOf = [] } = components.ReplyEvent ?? {};
  expect(discriminator?.propertyName).toBe('type');
  const types = oneOf.map(({ $ref = '' }) => [resolved<Schema>({ $ref }).properties?.type?.const, $ref]);
  expect(discriminator?.mapping).toEqual(Object.fromEntries(types));
});
