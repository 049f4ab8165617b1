import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorAfter, idAt } from '../src/cursor.ts';

const anyId = fc.uuid();
const anyCursor = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
const numberOf = (id: string): bigint => BigInt(`0x${id.replaceAll('-', '')}`);

/** Where the number one below begins with zeros, or borrows from every digit. */
const edges = ['00000000-0000-7000-8000-000000000001', '01935a7d-0c00-7000-8000-000000000000'];
const examples = edges.map((id): [string] => [id]);

describe('cursorAfter', () => {
  it('is 22 characters of base64url for every id', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(cursorAfter(id)).toMatch(/^[A-Za-z0-9_-]{22}$/);
      }),
      { examples },
    );
  });

  it('contains the largest smaller id', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(numberOf(idAt(cursorAfter(id)))).toBe(numberOf(id) - 1n);
      }),
      { examples },
    );
  });

  it("excludes its own message and no older one, in DynamoDB's order", () => {
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), fc.uuid({ version: 7 }), (one, other) => {
        expect(idAt(cursorAfter(one)) < one).toBe(true);
        expect(other <= idAt(cursorAfter(one))).toBe(other < one);
      }),
    );
  });

  it('is unique per id', () => {
    fc.assert(
      fc.property(anyId, anyId, (one, other) => {
        expect(cursorAfter(one) === cursorAfter(other)).toBe(one === other);
      }),
    );
  });
});

describe('idAt', () => {
  it('returns an id in the stored form for every cursor', () => {
    fc.assert(
      fc.property(anyCursor, (cursor) => {
        expect(idAt(cursor)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }),
      { examples: [['-'.repeat(22)], ['_'.repeat(22)], ['A'.repeat(22)]] },
    );
  });

  it('sorts cursors by their bytes', () => {
    fc.assert(
      fc.property(anyCursor, anyCursor, (one, other) => {
        const order = Buffer.compare(Buffer.from(one, 'base64url'), Buffer.from(other, 'base64url'));
        expect(Math.sign(Number(numberOf(idAt(one)) - numberOf(idAt(other))))).toBe(order);
      }),
    );
  });
});
