/** SIGTERM under load, with connections in every state: nothing acknowledged is lost, and no client is cut off. */
import { once } from 'node:events';
import { connect as connectTo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { runs } from '../support/checks/runs.ts';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { HOST } from '../support/requests/bad-http.ts';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { openStream } from '../support/requests/open-stream.ts';
import { http } from '../support/requests/raw-request.ts';
import { sendUntilClosed } from '../support/requests/send-until-closed.ts';

const ROUNDS = runs(2, 20);
const CLIENTS = 10;
/** With the reply that is still being written. */
const MAX_EXIT_MS = 5000;

const start = () => startNode([source('main.ts')], { env: { ...onEmulators(), BOT_WORD_DELAY_MS: '50' } });

it(`after ${ROUNDS} shutdowns, every response has arrived, and every acknowledged message is listed`, async () => {
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  const exitsMs: number[] = [];
  let ada: Client | undefined;

  for (let round = 0; round < ROUNDS; round += 1) {
    const program = start();
    const baseUrl = await addressOf(program);
    ada ??= await loggedIn(baseUrl);
    const { jar } = ada;
    await Promise.all(['', 'GET /health HTTP/1.1\r\n'].map((bytes) => openConnection(baseUrl, bytes)));
    const idle = openConnection(baseUrl, http('GET /health HTTP/1.1', HOST));
    const stream = await openStream({ baseUrl, jar }, 'POST', '/messages', { json: { content: 'canary hello' } });
    const clients = Array.from({ length: CLIENTS }, () =>
      sendUntilClosed({ baseUrl, jar }, ({ user_message }) => acknowledged.push(user_message.id_message)),
    );
    await Promise.all([idle, sleep(Math.random() * 500)]);

    const signalledAt = performance.now();
    program.signal('SIGTERM');
    for (const result of await Promise.allSettled(clients))
      if (result.status === 'rejected') failures.push(result.reason);
    await stream.ended;
    expect(['reply-completed', 'stream-paused']).toContain(stream.events.at(-1).type);
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
    exitsMs.push(Math.round(performance.now() - signalledAt));
  }
  expect(failures).toEqual([]);
  expect(Math.max(...exitsMs)).toBeLessThan(MAX_EXIT_MS);

  const last = connect(await addressOf(start()));
  for (const [name, value] of ada?.jar ?? []) last.jar.set(name, value);
  const listed = await allIds(last);
  expect(new Set(listed).size).toBe(listed.length);
  expect(acknowledged.length).toBeGreaterThan(ROUNDS * CLIENTS);
  expect(acknowledged.filter((id) => !listed.includes(id))).toEqual([]);
  console.log(`${acknowledged.length} acknowledged messages; exits after ${exitsMs.join(', ')} ms`);
}, 300_000);

async function openConnection(baseUrl: string, bytes: string): Promise<void> {
  const socket = connectTo(Number(new URL(baseUrl).port), '127.0.0.1').resume();
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
}

async function allIds({ call }: Client): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const { messages, next_cursor } = (await call('GET', `/messages?limit=100${cursor}`)).body;
    ids.push(...messages.map(({ id_message }: { id_message: string }) => id_message));
    if (!next_cursor) return ids;
    cursor = `&cursor=${encodeURIComponent(next_cursor)}`;
  }
}
