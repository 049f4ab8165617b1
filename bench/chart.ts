/** Draws horizontal bars as SVG, readable on light and dark pages. */

export interface Bar {
  label: string;
  value: number;
  /** The value, formatted. */
  text: string;
  /** Whether the bar is this server's. */
  isOwn?: boolean;
}

export interface Chart {
  title: string;
  /** How to read it. */
  note: string;
  groups: { label: string; bars: Bar[] }[];
  /** A value to compare with, drawn as a line. */
  line?: number;
  /** Whether each group has its own scale. */
  isScaledByGroup?: boolean;
}

const WIDTH = 480;
const BARS_X = 142;
const BARS_WIDTH = 270;
const BAR_HEIGHT = 14;
const ROW_HEIGHT = 20;
const GROUP_HEIGHT = 28;
const TOP = 58;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .group { font-weight: 600; }
  .note { fill: #59636e; }
  .bar { fill: #8c959f; }
  .own { fill: #0969da; }
  .line { stroke: #1f2328; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .note { fill: #9198a1; }
    .bar { fill: #6e7681; }
    .own { fill: #4493f8; }
    .line { stroke: #e6edf3; }
  }`;

export function chartOf({ title, note, groups, line, isScaledByGroup = false }: Chart): string {
  const parts: string[] = [];
  const largest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  let y = TOP;
  for (const { label, bars } of groups) {
    parts.push(textAt(0, y + 16, label, 'group'));
    y += GROUP_HEIGHT;
    const scale = BARS_WIDTH / (isScaledByGroup ? Math.max(...bars.map(({ value }) => value)) : largest);
    const top = y;
    for (const bar of bars) {
      const width = Math.max(1, bar.value * scale);
      parts.push(
        textAt(0, y + 11, bar.label),
        `<rect class="${bar.isOwn ? 'own' : 'bar'}" x="${BARS_X}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="2"/>`,
        textAt(BARS_X + width + 6, y + 11, bar.text),
      );
      y += ROW_HEIGHT;
    }
    if (line !== undefined) {
      const x = (BARS_X + line * scale).toFixed(1);
      parts.push(`<line class="line" x1="${x}" y1="${top - 3}" x2="${x}" y2="${y - 3}"/>`);
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 4}" width="${WIDTH}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
${textAt(0, 20, title, 'title')}
${textAt(0, 42, note, 'note')}
${parts.join('\n')}
</svg>
`;
}

const textAt = (x: number, y: number, text: string, style?: string): string =>
  `<text${style ? ` class="${style}"` : ''} x="${x.toFixed(1)}" y="${y}">${escaped(text)}</text>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
