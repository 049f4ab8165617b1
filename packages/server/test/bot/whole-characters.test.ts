import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deltasOf } from '../../../core/test/support/bot-turns.ts';
import { wholeCharacters } from '../../src/bot/whole-characters.ts';

async function* streamOf(parts: string[]) {
  yield* parts;
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
])('%j', async (parts, whole) => {
  expect(await deltasOf(wholeCharacters(streamOf(parts)))).toEqual(whole);
});

it('however a text is split, its deltas are well-formed, not empty, and add up to the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(20)), async (texts, cuts) => {
      const text = texts.join('');
      const positions = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
      const parts = positions.slice(1).map((position, index) => text.slice(positions[index], position));
      const whole = await deltasOf(wholeCharacters(streamOf(parts)));
      expect(whole.join('')).toBe(text.toWellFormed());
      for (const delta of whole) expect(delta !== '' && delta.isWellFormed()).toBe(true);
    }),
  );
});
