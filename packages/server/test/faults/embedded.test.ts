/** `pnpm start`, with its emulators. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import { isGroupAlive, type Program, source, start, startNode, temporaryFolder } from '../support/process/program.ts';
import { connect, loggedIn } from '../support/requests/client.ts';

const env = { PORT: '0' };
const urlOf = async (program: Program) => (await program.prints(/Async Chatbot on (http:\S+)[\s\S]*Ctrl\+C/))[1] ?? '';

/** Starts the server with a program that forwards no signals, as npx does, and ends that. Returns how long the server remains. */
async function endLauncher(signal: NodeJS.Signals): Promise<number> {
  const cwd = await temporaryFolder();
  const npx = join(cwd, 'npx');
  await writeFile(npx, '#!/bin/sh\n"$@"\nexit $?\n', { mode: 0o755 });
  const launched = start(npx, [process.execPath, source('embedded.ts')], {
    cwd,
    env: { ...env, npm_lifecycle_event: 'start' },
  });
  const url = await urlOf(launched);
  const { ms } = await timed(async () => {
    launched.signal(signal);
    await vi.waitFor(() => expect(isGroupAlive(launched.id)).toBe(false), { timeout: 15_000 });
  });
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  return ms;
}

/** Files cannot become larger than this many blocks of 512 bytes, which fails like a full disk. */
const BLOCKS = 200;

faultRow(
  'C21',
  {
    fault: 'The disk of the embedded server is full; only npx is terminated or killed',
    criterion:
      'a plain message, exit code 1, and all acknowledged messages listed after a restart; the server exits too',
  },
  async () => {
    const cwd = await temporaryFolder();
    const limited = start(
      'sh',
      ['-c', `ulimit -f ${BLOCKS}; exec "$0" "$1"`, process.execPath, source('embedded.ts')],
      {
        cwd,
        env,
      },
    );
    const ada = await loggedIn(await urlOf(limited));
    const acknowledged: string[] = [];
    const send = () => ada.call('POST', '/messages', { json: { content: 'canary '.repeat(1000) } });
    for (let response = await send(); response.status === 201; ) {
      acknowledged.push(response.body.user_message.id_message);
      const next = await send().catch(() => undefined);
      if (!next) break;
      response = next;
    }
    const { code, stderr } = await limited.ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`Cannot write to ${join(cwd, '.data')}: file too large.`);
    expect(stderr).not.toMatch(/^ +at /m);

    const again = connect(await urlOf(startNode([source('embedded.ts')], { cwd, env })));
    for (const [name, value] of ada.jar) again.jar.set(name, value);
    const { body } = await again.call('GET', '/messages?limit=100');
    const listed = body.messages.map(({ id_message }: { id_message: string }) => id_message);
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(acknowledged.filter((id) => !listed.includes(id))).toEqual([]);

    const ends = [await endLauncher('SIGTERM'), await endLauncher('SIGKILL')].map(seconds);
    return `${acknowledged.length} acknowledged messages listed; ended ${ends.join(' and ')} after npx`;
  },
);
