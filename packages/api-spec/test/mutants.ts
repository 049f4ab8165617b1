import fc from 'fast-check';

const odd = fc.constantFrom<unknown>(
  ...[null, true, -1, 0, 1.5, 101, 2 ** 31 - 1, 2 ** 31, [], {}],
  ...['', 'a', '\0', '\ud800', 'Password123', '01935A7D-0C01-7C55-9A02-6B1F0E9D8C7B', 'a@b.example', '1-0', 'desc'],
  ...['2026-02-30T00:00:00.000Z', '2026-11-22', '/problems', 'x'.repeat(8001), '\u{1f600}'.repeat(150)],
);
const replacements = fc.oneof(odd, fc.jsonValue(), fc.string({ unit: 'binary' }));

type Change = { kind: 'replace'; value: unknown } | { kind: 'remove' } | { kind: 'add'; name: string };

const changes: fc.Arbitrary<Change> = fc.oneof(
  replacements.map((value): Change => ({ kind: 'replace', value })),
  fc.constant<Change>({ kind: 'remove' }),
  fc.constantFrom('extra', 'a/b~c').map((name): Change => ({ kind: 'add', name })),
);

/** One of these values, with up to three random changes. */
export const mutantsOf = (values: unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...values), fc.array(fc.tuple(fc.nat(), changes), { maxLength: 3 }))
    .map(([value, mutations]) => {
      const root = { value: structuredClone(value) };
      for (const [index, change] of mutations) mutate(root, index, change);
      return root.value;
    });

function mutate(root: object, index: number, change: Change): void {
  const places = [...placesIn(root)];
  const [parent = {}, name = 'value'] = places[index % places.length] ?? [];
  const member = parent[name];
  if (change.kind === 'replace') parent[name] = change.value;
  else if (change.kind === 'remove') delete parent[name];
  // The cast: a non-null object can be indexed by name.
  else if (typeof member === 'object' && member !== null) (member as Record<string, unknown>)[change.name] = 1;
}

/** Every member of a value, however deep. */
function* placesIn(node: unknown): Generator<[parent: Record<string, unknown>, name: string]> {
  if (typeof node !== 'object' || node === null) return;
  // The cast, as above; the indices of an array are names, too.
  const parent = node as Record<string, unknown>;
  for (const [name, member] of Object.entries(parent)) {
    yield [parent, name];
    yield* placesIn(member);
  }
}
