import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../../docs/decisions/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

const files = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .sort();

it('the index of decisions lists every file once, in order, under its title', () => {
  const rows = [...read('README.md').matchAll(/^\| (\d+) +\| \[(.+?)\]\((.+?)\) +\|/gm)];
  const titles = files.map((name) => [name, read(name).split('\n')[0]]);
  expect(rows.map(([, number, title, name]) => [name, `# ${number}. ${title}`])).toEqual(titles);
});

it.each(files)('%s has the four parts of a decision, on at most one page', (name) => {
  const text = read(name);
  const parts = [...text.matchAll(/^\*\*(.+?)\.\*\* \S/gm)].map(([, part]) => part);
  expect(parts).toEqual(['Context', 'Decision', 'Rejected', 'Consequences']);
  expect(text.split('\n').length).toBeLessThanOrEqual(40);
});
