/** Draws terminal output as an SVG with its own background, so that it is legible on light and dark pages. */
const CHARACTER = 7.8;
const LINE = 19;
const PADDING = 18;

const STYLE = `text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#c9d1d9;white-space:pre}
.command{fill:#fff}.prompt{fill:#7ee787}.comment{fill:#9da7b1}`;

export function terminalSvg(title: string, lines: string[]): string {
  const width = Math.ceil(Math.max(...lines.map(({ length }) => length)) * CHARACTER) + 2 * PADDING;
  const height = lines.length * LINE + 2 * PADDING;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" xml:space="preserve">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="#0d1117" stroke="#57606a"/>
${lines.map(textOf).filter(Boolean).join('\n')}
</svg>
`;
}

/** `textLength` keeps columns straight in any font. */
function textOf(line: string, row: number, lines: string[]): string {
  const text = line.trimStart();
  if (text === '') return '';
  const x = PADDING + (line.length - text.length) * CHARACTER;
  const y = PADDING + row * LINE + 14;
  const length = (text.length * CHARACTER).toFixed(1);
  const place = `x="${x.toFixed(1)}" y="${y}" textLength="${length}"`;
  if (text.startsWith('#')) return `<text ${place} class="comment">${escaped(text)}</text>`;
  if (line.startsWith('$ '))
    return `<text ${place} class="command"><tspan class="prompt">$</tspan>${escaped(text.slice(1))}</text>`;
  const isContinued = lines[row - 1]?.endsWith('\\');
  return `<text ${place}${isContinued ? ' class="command"' : ''}>${escaped(text)}</text>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
