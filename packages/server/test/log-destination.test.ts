import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const source = new URL('../src/log-destination.ts', import.meta.url).href;

it.each([
  ['ends by itself', ''],
  ['exits in the same iteration of the event loop', 'process.exit(0);'],
  ['exits in the next iteration', 'setImmediate(() => process.exit(0));'],
  ['exits while standard output is written', 'setTimeout(() => { log("later"); process.exit(0); }, 5);'],
])('no line is lost if the process %s', async (_title, end) => {
  const script = `
    const { logDestination } = await import(${JSON.stringify(source)});
    const { pino } = await import('pino');
    const logger = pino({ base: null, timestamp: false }, logDestination());
    const log = (msg) => logger.info(msg);
    for (let iteration = 0; iteration < 3; iteration += 1) {
      for (let line = 0; line < 100; line += 1) log(iteration + '.' + line);
      if (iteration < 2) await new Promise(setImmediate);
    }
    ${end}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
  });
  const expected = [0, 1, 2].flatMap((iteration) => Array.from({ length: 100 }, (_, line) => `${iteration}.${line}`));
  if (end.includes('later')) expected.push('later');
  const written = stdout.trimEnd().split('\n');
  const messages = written.map((line) => JSON.parse(line).msg);
  // At an exit, a piece that is being written can end after those that follow it.
  expect(end ? messages.sort() : messages).toEqual(end ? expected.sort() : expected);
});
