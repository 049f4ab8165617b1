import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { expect, it } from 'vitest';
import { statusesOf } from '../support/checks/spec.ts';

/** The tests of operations; titles in other files do not count. */
const FILES = [
  'test/operations',
  'test/contract/outages.test.ts',
  'test/http/csrf.test.ts',
  'test/http/limited-operations.test.ts',
];

/** The title of every test that would run, as `operation > status and description`. */
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
  const documented = (Object.keys(operations) as OperationId[]).flatMap((id) =>
    statusesOf(id).map((status) => `${id} > ${status}`),
  );
  const untested = documented.filter((entry) => !titles.some((title) => title.startsWith(`${entry} `)));
  expect(untested).toEqual([]);
  // Slow, since it loads all of these files.
}, 120_000);
