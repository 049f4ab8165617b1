import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityAt, activityOf, cursorAfter, cursorAfterActivity, idAt } from '../src/cursor.ts';

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

const anyTime = fc
  .date({ min: new Date(1), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyActivity = fc
  .tuple(anyTime, anyId)
  .map(([updated_at, id_conversation]) => activityOf({ updated_at, id_conversation }));
const anyActivityCursor = fc.stringMatching(/^[A-Za-z0-9_-]{30}$/);

/** Where the number one below borrows from the time. */
const AT = '2026-11-22T07:33:21.025Z';
const FIRST_OF_AT = activityOf({ updated_at: AT, id_conversation: '00000000-0000-0000-0000-000000000000' });

describe('cursorAfterActivity', () => {
  it('is 30 characters of base64url for every position', () => {
    fc.assert(
      fc.property(anyActivity, (activity) => {
        expect(cursorAfterActivity(activity)).toMatch(/^[A-Za-z0-9_-]{30}$/);
      }),
      { examples: [[FIRST_OF_AT]] },
    );
  });

  it('excludes its own conversation and none with an earlier activity', () => {
    const near = fc.tuple(fc.constantFrom(AT, '2026-11-22T07:33:21.024Z'), anyId);
    const anyNear = near.map(([updated_at, id_conversation]) => activityOf({ updated_at, id_conversation }));
    fc.assert(
      fc.property(fc.oneof(anyActivity, anyNear), fc.oneof(anyActivity, anyNear), (one, other) => {
        const position = activityAt(cursorAfterActivity(one));
        expect(position < one).toBe(true);
        expect(other <= position).toBe(other < one);
      }),
      { examples: [[FIRST_OF_AT, FIRST_OF_AT.replace('.025Z', '.024Z')]] },
    );
  });
});

describe('activityAt', () => {
  it('returns a position in the stored form for every cursor, in the order of their bytes', () => {
    const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    const last = '9999-12-31T23:59:59.999Z#ffffffff-ffff-ffff-ffff-ffffffffffff';
    fc.assert(
      fc.property(anyActivityCursor, anyActivityCursor, (one, other) => {
        const order = Buffer.compare(Buffer.from(one, 'base64url'), Buffer.from(other, 'base64url'));
        const [smaller, larger] = (order < 0 ? [one, other] : [other, one]).map(activityAt);
        expect(smaller).toMatch(form);
        // All positions after the last year are the same.
        if (smaller === larger) expect(order === 0 || larger === last).toBe(true);
        else expect(String(smaller) < String(larger)).toBe(true);
      }),
      {
        examples: [
          ['A'.repeat(30), '_'.repeat(30)],
          ['_'.repeat(30), `${'_'.repeat(8)}${'A'.repeat(22)}`],
        ],
      },
    );
    expect(activityAt('_'.repeat(30))).toBe(last);
  });
});
