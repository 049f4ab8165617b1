/** The longest title, in code points. */
const MAX_LENGTH = 60;

/** For a message without visible text. */
const UNTITLED = 'Untitled';

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;

/** The title of a conversation: the first line of its first message with visible text, cut to the longest title. */
export function titleOf(content: string): string {
  const line = content.split(LINE_BREAK).map(normalize).find(Boolean) ?? UNTITLED;
  return [...line].length > MAX_LENGTH ? `${truncate(line)}…` : line;
}

/** One space for all white space and controls, and nothing invisible before the first character. */
const normalize = (line: string): string =>
  line
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/^[ \p{DI}]+/u, '')
    .trimEnd();

/** Whole characters as readers count them, and whole words unless more than half would go with the last one. */
function truncate(line: string): string {
  let beginning = '';
  let length = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    length += [...segment].length;
    // The ellipsis takes a place.
    if (length >= MAX_LENGTH) break;
    beginning += segment;
  }
  // Marks can be heaped upon one character without end.
  if (beginning === '') return [...line].slice(0, MAX_LENGTH - 1).join('');
  const space = line.lastIndexOf(' ', beginning.length);
  return space > beginning.length / 2 ? line.slice(0, space) : beginning.trimEnd();
}
