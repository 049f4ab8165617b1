/**
 * Pieces that can each be shown and sent by themselves: a character that is split between two of them comes whole with
 * the second, what is no character becomes U+FFFD, and no delta is empty.
 */
export async function* wholeCharacters(deltas: AsyncIterable<string>): AsyncGenerator<string, void> {
  let held = '';
  for await (const delta of deltas) {
    const text = held + delta;
    held = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    const whole = text.slice(0, text.length - held.length).toWellFormed();
    if (whole !== '') yield whole;
  }
  if (held !== '') yield held.toWellFormed();
}
