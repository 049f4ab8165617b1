import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../src/title.ts';

const FREQUENT = [...' \n\r\t\0\u0085\u2028\u200b\ufeff\u00a0\u0301', '👩‍👩‍👧', '🇵🇹'];

/** Whatever the API takes for a text, and more; blanks, breaks and what is composed are frequent. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom(...FREQUENT),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const pointsOf = (text: string): number => [...text].length;

/** As many of them as fit beside an ellipsis. */
const fitting = (parts: string[], between: string): string => {
  const count = parts.findIndex((_, index) => pointsOf(parts.slice(0, index + 1).join(between)) > 59);
  return parts.slice(0, count).join(between);
};

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

describe('titleOf', () => {
  it.each([
    ['canary hello', 'canary hello'],
    ['  Weather \t in\u00a0\u2003Lisbon  ', 'Weather in Lisbon'],
    ['\n \r\n\u2028\u200b\nfirst\nsecond', 'first'],
    ['one\u0085two', 'one'],
    ['one\u2029two', 'one'],
    ['one\vtwo', 'one'],
    ['one\ftwo', 'one'],
    ['a\u001bb\0c', 'a b c'],
    ['\ufeff\u2067\u200fشلونك', 'شلونك'],
    ['❤️', '❤️'],
  ])('of %j is %j', (content, title) => {
    expect(titleOf(content)).toBe(title);
  });

  it.each(['', ' ', '\n\n', '\t\r\n ', '\u00a0\u3000', '\u200b\u2060\ufeff', '\0', '\u0085'])(
    'of %j, which has no visible text, is the placeholder',
    (content) => {
      expect(titleOf(content)).toBe('Untitled');
    },
  );

  it('of 60 code points is complete, however many bytes they take', () => {
    for (const line of ['x'.repeat(60), '\u{1f600}'.repeat(60), words(12)]) {
      expect(pointsOf(line)).toBeLessThanOrEqual(60);
      expect(titleOf(line)).toBe(line);
    }
  });

  it('of more is truncated at a word', () => {
    // The twelfth word ends at the 59th character.
    expect(titleOf(words(40))).toBe(`${words(12)}…`);
    expect(titleOf(`${words(12)} x`)).toBe(`${words(12)}…`);
    expect(titleOf(`${words(12)}s and`)).toBe(`${words(11)}…`);
    expect(titleOf(`${words(7)} ${'x'.repeat(100)}`)).toBe(`${words(7)}…`);
  });

  it('is truncated within a word whose removal would take more than half', () => {
    expect(titleOf('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
    expect(titleOf(`see https://example.com/${'x'.repeat(100)}`)).toBe(`see https://example.com/${'x'.repeat(35)}…`);
    expect(titleOf(`天気 ${'は'.repeat(100)}`)).toBe(`天気 ${'は'.repeat(56)}…`);
  });

  it('is never truncated within a grapheme', () => {
    // A family is five code points and a flag is two.
    expect(titleOf('👩‍👩‍👧'.repeat(13))).toBe(`${'👩‍👩‍👧'.repeat(11)}…`);
    expect(titleOf(`x${'🇵🇹'.repeat(40)}`)).toBe(`x${'🇵🇹'.repeat(29)}…`);
    expect(titleOf('e\u0301'.repeat(40))).toBe(`${'e\u0301'.repeat(29)}…`);
  });

  it('is truncated within a grapheme that is longer than a title', () => {
    const title = titleOf(`e${'\u0301'.repeat(8000)}`);
    expect(title).toBe(`e${'\u0301'.repeat(58)}…`);
    expect(titleOf(`a e${'\u0301'.repeat(60)}`)).toBe('a…');
  });

  it('is valid by the contract for every text: one line of at most 60 code points', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        const title = titleOf(content);
        expect(pointsOf(title)).toBeGreaterThan(0);
        expect(pointsOf(title)).toBeLessThanOrEqual(60);
        expect(title.isWellFormed()).toBe(true);
        expect(title).not.toMatch(/\p{Cc}|[\u2028\u2029]| {2}|^\s|\s$/u);
      }),
      { numRuns: 500 },
    );
  });

  it('is the start of the visible text, complete or with an ellipsis, for every text', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        const shown = content.replace(/[\s\p{Cc}]+/gu, ' ');
        const title = titleOf(content);
        if (title !== 'Untitled' && !shown.includes(title)) {
          expect(title).toMatch(/.…$/u);
          expect(shown).toContain(title.slice(0, -1));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has as many whole words as fit', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 61 }), (all) => {
        expect(titleOf(all.join('\t '))).toBe(`${fitting(all, ' ')}…`);
      }),
    );
  });

  it('has as many graphemes as fit, if there are no words', () => {
    const character = fc.constantFrom('x', 'は', '\u{1f600}', '👩‍👩‍👧', '🇵🇹', 'e\u0301');
    fc.assert(
      fc.property(fc.array(character, { minLength: 61 }), (all) => {
        expect(titleOf(all.join(''))).toBe(`${fitting(all, '')}…`);
      }),
    );
  });

  it('of a title is the title itself', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        expect(titleOf(titleOf(content))).toBe(titleOf(content));
      }),
      { numRuns: 500 },
    );
  });

  it('takes little time for a long text', () => {
    // Whatever looks at each blank again for those behind it would take minutes.
    for (const unit of [' ', '\n', '\u200b', '\u200b ', ' x', '\u0301'])
      expect(titleOf(unit.repeat(200_000)).length).toBeLessThanOrEqual(62);
  });
});
