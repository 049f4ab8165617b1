/**
 * Makes deltas well-formed: a surrogate pair split between two deltas is moved to the second, a lone surrogate becomes
 * U+FFFD, and empty deltas are dropped.
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
