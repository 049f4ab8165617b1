import { readFileSync } from 'node:fs';
import { document } from '@async-chatbot/api-spec';
import { expect, it } from 'vitest';
import { type ProblemCode, problems } from '../src/problems.ts';

const codes = document.components.schemas.ProblemCode.enum as ProblemCode[];

it('has exactly the codes of the contract', () => {
  expect(Object.keys(problems).sort()).toEqual([...codes].sort());
});

/** What the contract says of requests that are for no operation. */
const OUTSIDE = [...document.info.description.matchAll(/^- (\d{3}) `([a-z-]+)`:/gm)];

it('has the documented status for codes outside operations', () => {
  expect(OUTSIDE).toHaveLength(7);
  for (const [, status, code] of OUTSIDE) expect(problems[code as ProblemCode].status).toBe(Number(status));
});

/** The codes whose detail tells the occasion, so that an example has one of many. */
const OCCASIONAL: ProblemCode[] = ['malformed-request', 'quota-exceeded', 'validation-failed'];

it('matches each example in the contract', () => {
  const told = Object.values(document.components.examples)
    .map(({ value }) => value)
    .filter((value) => 'code' in value);
  expect(told.length).toBeGreaterThan(codes.length - OUTSIDE.length);
  for (const { code, status, title, detail } of told) {
    const usual = problems[code as ProblemCode];
    expect({ status, title }).toEqual({ status: usual.status, title: usual.title });
    if (!OCCASIONAL.includes(code as ProblemCode)) expect(detail).toBe(usual.detail);
  }
});

it('documents each code in docs/problems.md, with its status and title', () => {
  const page = readFileSync(new URL('../../../docs/problems.md', import.meta.url), 'utf8');
  const sections = page.split(/^## /m).slice(1);
  expect(sections.map((section) => section.split('\n')[0])).toEqual([...codes].sort());
  for (const section of sections) {
    const { status, title } = problems[section.split('\n')[0] as ProblemCode];
    const [, words = ''] = /^\n\*\*(.*)\.\*\* \S/m.exec(section) ?? [];
    expect(words).toBe(`${status} ${title}`);
  }
});
