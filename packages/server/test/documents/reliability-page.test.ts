import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const url = new URL('../../../../docs/reliability.md', import.meta.url);
const page = readFileSync(url, 'utf8');
const suite = new URL('../faults/', import.meta.url);

it('docs/reliability.md has every row of the fault suite, once and in order', () => {
  const rows = globSync('*.test.ts', { cwd: suite }).flatMap((name) =>
    [...readFileSync(new URL(name, suite), 'utf8').matchAll(/^faultRow\(\s*'([FC]\d+)'/gm)].map(([, id = '']) => id),
  );
  const place = (id: string) => Number(id.slice(1)) + (id.startsWith('C') ? 1000 : 0);
  expect(rows.length).toBeGreaterThan(1);
  expect([...page.matchAll(/^\| ([FC]\d+) +\|/gm)].map(([, id]) => id)).toEqual(
    rows.toSorted((a, b) => place(a) - place(b)),
  );
});

it('the links of docs/reliability.md resolve', () => {
  const links = [...page.matchAll(/\]\((.+?)\)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(1);
  expect(links.filter((link) => !existsSync(new URL(link, url)))).toEqual([]);
});
