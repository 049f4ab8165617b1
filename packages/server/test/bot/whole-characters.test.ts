import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deltasOf } from '../../../core/test/support/bot-turns.ts';
import { wholeCharacters } from '../../src/bot/whole-characters.ts';

async function* each(pieces: string[]) {
  yield* pieces;
}

it.each([
  [
    ['a\ud83d', '\ude00b'],
    ['a', '😀b'],
  ],
  [['\ud83d', '', '\ude00'], ['😀']],
  [
    ['\ude00', 'a'],
    ['\ufffd', 'a'],
  ],
  [
    ['a\ud83d', 'b'],
    ['a', '\ufffdb'],
  ],
  [
    ['\ud83d', '\ud83d'],
    ['\ufffd', '\ufffd'],
  ],
  [['', ''], []],
])('%j', async (pieces, whole) => {
  expect(await deltasOf(wholeCharacters(each(pieces)))).toEqual(whole);
});

it('however a text is split, its deltas are well-formed, not empty, and add up to the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(20)), async (texts, cuts) => {
      const text = texts.join('');
      const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
      const whole = await deltasOf(wholeCharacters(each(pieces)));
      expect(whole.join('')).toBe(text.toWellFormed());
      for (const piece of whole) expect(piece !== '' && piece.isWellFormed()).toBe(true);
    }),
  );
});
