import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const source = new URL('../src/log-destination.ts', import.meta.url).href;

it.each([
  ['ends by itself', ''],
  ['exits in the same turn of the event loop', 'process.exit(0);'],
  ['exits in the next turn', 'setImmediate(() => process.exit(0));'],
  ['exits while standard output is written', 'setTimeout(() => { log("later"); process.exit(0); }, 5);'],
])('no line is lost, and their order is kept, if the process %s', async (_title, end) => {
  const script = `
    const { logDestination } = await import(${JSON.stringify(source)});
    const { pino } = await import('pino');
    const logger = pino({ base: null, timestamp: false }, logDestination());
    const log = (msg) => logger.info(msg);
    for (let turn = 0; turn < 3; turn += 1) {
      for (let line = 0; line < 100; line += 1) log(turn + '.' + line);
      if (turn < 2) await new Promise(setImmediate);
    }
    ${end}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
  });
  const expected = [0, 1, 2].flatMap((turn) => Array.from({ length: 100 }, (_, line) => `${turn}.${line}`));
  if (end.includes('later')) expected.push('later');
  const written = stdout.trimEnd().split('\n');
  expect(written.map((line) => JSON.parse(line).msg)).toEqual(expected);
});
