/** docs/costs.md says what each operation costs in DynamoDB. */
import { readFileSync } from 'node:fs';
import { operations } from '@async-chatbot/api-spec/operations';
import { expect, it } from 'vitest';
import { accountCases } from '../support/costs/account-cases.ts';
import { costServer } from '../support/costs/cost-server.ts';
import { messageCases } from '../support/costs/message-cases.ts';
import { sendCases } from '../support/costs/send-cases.ts';

const servers = {
  keyword: await costServer('keyword'),
  model: await costServer('model'),
  confirm: await costServer('confirm'),
};
const cases = [...sendCases, ...messageCases, ...accountCases];

const page = readFileSync(new URL('../../../../docs/costs.md', import.meta.url), 'utf8');

/** The rows of a table that begin with an operation and a case, by both, as numbers. */
const rowsOf = (section: string): [name: string, numbers: number[]][] =>
  [...section.matchAll(/^\| `(\w+)` +\| (.*?) *\|([ \d|]+)\|$/gm)].map(([, operation, variant, numbers = '']) => [
    `${operation} ${variant}`.trim(),
    numbers.split('|').map(Number),
  ]);
const nameOf = ({ operation, variant }: (typeof cases)[number]): string => `${operation} ${variant}`.trim();

const [, table = '', example = ''] = page.split(/^## /m);
const costs = new Map(rowsOf(table));

it('every operation has a row, and every row a measurement', () => {
  expect([...new Set(cases.map(({ operation }) => operation))].toSorted()).toEqual(Object.keys(operations).toSorted());
  expect([...costs.keys()]).toEqual(cases.map(nameOf));
});

it.each(cases)('$operation $variant', async (measured) => {
  const { kind, variant, prepare } = measured;
  const act = await prepare(servers[kind]);
  const { status, requests, inSequence, readUnits, writeUnits } = await servers[kind].costOf(act);
  const [, expectedStatus] = /\((\d+)\)/.exec(variant) ?? [];
  expect(expectedStatus ? [Number(expectedStatus)] : [200, 201, 202, 204]).toContain(status);
  expect([requests, inSequence, readUnits, writeUnits]).toEqual(costs.get(nameOf(measured)));
});

it('the example adds up', () => {
  const rows = rowsOf(example);
  expect(rows.length).toBeGreaterThan(1);
  for (const [name, [times = 0, ...units]] of rows) {
    const [, , ...each] = costs.get(name) ?? [];
    expect(units, name).toEqual(each.map((unit) => unit * times));
  }
});
