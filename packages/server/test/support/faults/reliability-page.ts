import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Row } from './fault-row.ts';

const PAGE = new URL('../../../../../docs/reliability.md', import.meta.url);
const SUITE = join(import.meta.dirname, '../../faults');

const INTRODUCTION = `# Reliability

What the server promises when something fails, and the test of each promise.

- **Acknowledged messages are stored.** A message whose send got a 2xx is listed exactly once, whatever fails afterwards.
- **Other sends can be retried.** Sends with the same idempotency key store one message and one reply, no matter how often and on
  which servers they are retried.
- **A failure is a documented problem, in time.** Calls to DynamoDB and Cognito are aborted 10 seconds after the first call of a
  request; those that must complete have [deadlines of their own](decisions/0021-bound-the-calls-of-a-request.md). A model has the
  time limits in [Models](models.md). Then the client gets a [problem](problems.md), usually a 503 with \`Retry-After\`. Nothing
  hangs.
- **Nothing leaks.** After a failure, every lock, stream, reply slot, quota, chunk, socket and timer is released. Two exceptions:
  what a killed server held is released when its lease ends, 15 seconds later; and a usage counter may count a write twice if its
  response was lost, until the day ends.

The fault suite starts the real server as a process, on the emulators of DynamoDB and Cognito and a scripted model, behind proxies
that delay, drop and break connections. Each row causes one fault or a few, and checks the criterion. After each row, the suite
removes the faults and checks the promises above: it lists all messages, reads the whole table, takes every slot, and compares the
process with its idle state before the fault.

\`\`\`
npx --yes pnpm test:faults
npx --yes pnpm test:faults -t F4
\`\`\`

The second command runs one row. The tests are in [\`packages/server/test/faults\`](../packages/server/test/faults). A complete run
that passes writes this page. The criteria are counts, order, ratios and generous time limits; exact times depend on the machine,
so they are only reported. Memory is measured after a garbage collection, relative to the idle process before the fault.

`;

/** Writes docs/reliability.md at the end of a complete run in which every row has passed. */
export function reliabilityPage(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors, reason) {
      if (reason !== 'passed' || unhandledErrors.length > 0 || !isComplete(modules)) return;
      const rows = modules.flatMap(rowsOf).toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
      writeFileSync(PAGE, INTRODUCTION + table(rows));
    },
  };
}

function isComplete(modules: readonly TestModule[]): boolean {
  const files = new Set(modules.map(({ moduleId }) => moduleId));
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  return (
    globSync('*.test.ts', { cwd: SUITE }).every((name) => files.has(join(SUITE, name))) &&
    tests.every((test) => test.result().state === 'passed')
  );
}

const rowsOf = (module: TestModule): Row[] =>
  [...module.children.allTests()].flatMap((test: TestCase) => test.meta().row ?? []);

/** F rows before C rows, each by number. */
const placeOf = (id: string): number => Number(id.slice(1)) + (id.startsWith('C') ? 1000 : 0);

/** In Biome's format, so that formatting changes nothing. */
function table(rows: readonly Row[]): string {
  const lines = [
    ['row', 'fault', 'what must happen', 'measured'],
    ...rows.map(({ id, fault, criterion, measured }) => [id, fault, criterion, measured]),
  ].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const format = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return `${[format(head), format(widths.map((width) => '-'.repeat(width))), ...body.map(format)].join('\n')}\n`;
}
