import { readFileSync } from 'node:fs';
import { document } from '@async-chatbot/api-spec';
import { expect, it } from 'vitest';
import { type ProblemCode, problems } from '../src/problems.ts';

const codes = document.components.schemas.ProblemCode.enum as ProblemCode[];

it('knows the codes of the contract and no others', () => {
  expect(Object.keys(problems).sort()).toEqual([...codes].sort());
});

it('says of each example in the contract what the server would say', () => {
  for (const { content } of Object.values(document.components.responses)) {
    const { code, status, title } = content['application/problem+json'].example;
    expect(problems[code as ProblemCode]).toMatchObject({ status, title });
  }
});

it('has each code explained in docs/problems.md, with its status and title', () => {
  const page = readFileSync(new URL('../../../docs/problems.md', import.meta.url), 'utf8');
  const sections = page.split(/^## /m).slice(1);
  expect(sections.map((section) => section.split('\n')[0])).toEqual([...codes].sort());
  for (const section of sections) {
    const { status, title } = problems[section.split('\n')[0] as ProblemCode];
    expect(section.replace(/\s+/g, ' ').toLowerCase()).toContain(` ${status}, ${title.toLowerCase()}`);
  }
});
