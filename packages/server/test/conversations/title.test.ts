import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src/conversations/title.ts';

describe('titleOf', () => {
  it.each([
    ['Hello', 'Hello'],
    ['\n\n  What is   the\tweather? \nIn Lisbon.', 'What is the weather?'],
  ])('%j is %j', (content, title) => {
    expect(titleOf(content)).toBe(title);
  });

  it('cuts at a word what is longer than a title may be', () => {
    const title = titleOf('one two three four five six seven eight nine ten eleven twelve thirteen');
    expect(title).toMatch(/^one two three .*[a-z]…$/);
    expect([...title].length).toBeLessThanOrEqual(61);
  });

  it('is a title for every text that may be sent', () => {
    const anyText = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 8000 })
      .map((text) => text.replaceAll('\0', ' '));
    fc.assert(
      fc.property(anyText, (content) => {
        const title = titleOf(content);
        expect(title.isWellFormed()).toBe(true);
        expect(title).not.toMatch(/\0|\n/);
        expect([...title].length).toBeGreaterThan(0);
        expect([...title].length).toBeLessThanOrEqual(200);
      }),
      { examples: [[' '], ['\n'], ['\u{1f600}'.repeat(8000)], ['x'.repeat(8000)]] },
    );
  });
});
