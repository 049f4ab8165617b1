import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8');

/** The tests that the page names, by file and usually by title. */
const named = [...page.matchAll(/\| `([\w/.-]+\.ts)`(?:: "(.+?)")? +\|$/gm)].map(([, file = '', title = '']) => ({
  file: new URL(`../${file}`, import.meta.url),
  title,
}));

it('docs/security.md names only existing tests', () => {
  expect(named.length).toBeGreaterThan(30);
  expect(named).toHaveLength((page.match(/^\| (?!control|-)/gm) ?? []).length);
  const missing = named.filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
  expect(missing.map(({ file, title }) => `${file.pathname}: ${title}`)).toEqual([]);
});
