import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { expect, it } from 'vitest';
import { statusesOf } from '../support/checks/spec.ts';

/** Where the operations' own tests are; elsewhere a title promises nothing. */
const FILES = [
  'test/operations',
  'test/contract/outages.test.ts',
  'test/http/csrf.test.ts',
  'test/http/limited-operations.test.ts',
];

/** The title of every test that would run, as `operation > status and words`. */
function testTitles(): string[] {
  const vitest = fileURLToPath(new URL('../vitest.mjs', import.meta.resolve('vitest/node')));
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const output = execFileSync(
    process.execPath,
    [vitest, 'list', ...FILES, '--json', '--no-static-parse', '--no-isolate'],
    {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  return (JSON.parse(output.slice(output.indexOf('['))) as { name: string }[]).map(({ name }) => name);
}

it('every documented status of an operation has a test whose title begins with it', () => {
  const titles = testTitles();
  const promised = (Object.keys(operations) as OperationId[]).flatMap((id) =>
    statusesOf(id).map((status) => `${id} > ${status}`),
  );
  const untested = promised.filter((promise) => !titles.some((title) => title.startsWith(`${promise} `)));
  expect(untested).toEqual([]);
  // It loads every test file.
}, 120_000);
