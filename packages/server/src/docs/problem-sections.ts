import { type ProblemCode, problems } from '@async-chatbot/shared/problems';
import { marked } from 'marked';

/** Renders the list of problems as HTML: an introduction, a table of contents, and a section for each code. */
export function problemSections(markdown: string): string {
  const [introduction = '', ...sections] = markdown.split(/^(?=## )/m);
  return [toHtml(introduction), contentsOf(sections.map(codeOf)), ...sections.map(toSection)].join('\n');
}

const toHtml = (markdown: string): string => marked.parse(markdown, { async: false });

/** The cast: a test checks that the headings are codes. */
const codeOf = (section: string): ProblemCode => /^## (.*)$/m.exec(section)?.[1] as ProblemCode;

const contentsOf = (codes: ProblemCode[]): string =>
  `<nav class="contents" aria-label="Codes"><ul>${codes
    .map((code) => `<li><a href="#${code}">${code}</a> ${problems[code].status}</li>`)
    .join('')}</ul></nav>`;

/** The heading links to itself, so that its URL can be copied. */
function toSection(section: string): string {
  const code = codeOf(section);
  return `<section id="${code}">${toHtml(section.replace(/^## .*$/m, `## [${code}](#${code})`))}</section>`;
}
