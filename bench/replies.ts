/** Measures the server's CPU time for replies in progress, with a slow bot and no connected client. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startServers, startStub } from './servers.ts';

const COUNTS = [0, 10, 100];
const WARM_UP_MS = 3000;
const MEASURE_MS = 5000;

const stub = await startStub();
const limits = { REPLIES_PER_USER: '200', LIMIT_USER_PER_MINUTE: '10000', BOT_WORD_DELAY_MS: '3000' };
const { fast: server } = await startServers(stub, ['fast'], limits);
const headers = {
  accept: 'text/event-stream',
  'content-type': 'application/json',
  cookie: `access_token=${stub.accessTokens[0]}`,
};

/** Starts a reply and disconnects. */
async function startReply(): Promise<void> {
  const left = new AbortController();
  const init = { method: 'POST', headers, body: JSON.stringify({ content: 'Hello' }), signal: left.signal };
  const { status } = await fetch(`http://127.0.0.1:${server.port}/messages`, init);
  left.abort();
  if (status !== 201) throw new Error(`The server responded with ${status}`);
}

let running = 0;
for (const count of COUNTS) {
  for (; running < count; running += 1) await startReply();
  await sleep(WARM_UP_MS);
  const before = await server.usage();
  await sleep(MEASURE_MS);
  const { cpuMicros } = await server.usage();
  const percent = (cpuMicros - before.cpuMicros) / MEASURE_MS / 10;
  console.log(`${count} slow replies in progress use ${percent.toFixed(1)}% of a core`);
}
server.stop();
stub.stop();
