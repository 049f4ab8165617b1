import { expect, it } from 'vitest';
import { parseDecimalDigits, withIntegers } from '../src/decimal-digits.ts';

it.each([
  ['0', 0],
  ['5', 5],
  ['05', 5],
  ['100', 100],
])('%j is a number', (text, number) => {
  expect(parseDecimalDigits(text)).toBe(number);
});

it.each([
  '',
  ' ',
  ' 5',
  '5 ',
  '5\n',
  '+5',
  '-5',
  '5.0',
  '.5',
  '1e1',
  '0x10',
  '0b1',
  '0o7',
  '1_000',
  '1,000',
  '٥',
  '５',
  'Infinity',
  'NaN',
  'true',
])('%j is not a number', (text) => {
  expect(parseDecimalDigits(text)).toBeUndefined();
});

it('parses only the integers of a query, and leaves invalid values unchanged', () => {
  const query = { limit: '5', order: '5', cursor: ['5', '6'], canary: '0x10' };
  expect(withIntegers(query, ['limit', 'cursor', 'canary', 'absent'])).toEqual({ ...query, limit: 5 });
});
