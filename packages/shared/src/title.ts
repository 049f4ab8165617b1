/** In code points. */
const MAX_LENGTH = 60;

/** The title of a message without visible text. */
const UNTITLED = 'Untitled';

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;

/** The title of a conversation whose first message is `content`: its first line with visible text, truncated. */
export function titleOf(content: string): string {
  const line = content.split(LINE_BREAK).map(normalize).find(Boolean) ?? UNTITLED;
  return [...line].length > MAX_LENGTH ? `${truncate(line)}…` : line;
}

/** Collapses runs of white space and control characters to one space. Trims both ends, and ignorable characters at the start. */
const normalize = (line: string): string =>
  line
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/^[ \p{DI}]+/u, '')
    .trimEnd();

/** Truncates at a grapheme boundary, and before the last word unless that would remove more than half of the text. */
function truncate(line: string): string {
  let beginning = '';
  let length = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    length += [...segment].length;
    // Leaves room for the ellipsis.
    if (length >= MAX_LENGTH) break;
    beginning += segment;
  }
  // The first grapheme alone may be too long, since combining marks can be stacked without limit.
  if (beginning === '') return [...line].slice(0, MAX_LENGTH - 1).join('');
  const space = line.lastIndexOf(' ', beginning.length);
  return space > beginning.length / 2 ? line.slice(0, space) : beginning.trimEnd();
}
