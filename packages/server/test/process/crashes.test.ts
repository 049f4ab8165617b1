/** Kills a server repeatedly during sends with idempotency keys: acknowledged messages are stored, and none twice. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { components } from '@async-chatbot/api-spec';
import { expect, it } from 'vitest';
import { runs } from '../support/checks/runs.ts';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { deltaEvent, event, modelServer, stream } from '../support/servers/model-server.ts';

type Schemas = components['schemas'];

/** A message that is sent until it is acknowledged, always with the same key. */
interface Send {
  query: string;
  content: string;
  key: string;
  acknowledged?: Schemas['Exchange'];
}

const ROUNDS = runs(8, 50);
/** The longest time from the start of a round's sends until the server is killed. */
const MAX_ROUND_MS = 250;

it(`after ${ROUNDS} kills, acknowledged messages are listed once, and every reply can be completed`, async () => {
  const model = await modelServer(async (res) => {
    stream(res, deltaEvent('Let me '));
    await sleep(60);
    res.write(deltaEvent('think'));
    await sleep(60);
    res.end(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) + event('[DONE]'));
  });
  const keyword = onEmulators();
  const withModel = {
    ...keyword,
    BOT: 'openai-compatible',
    BOT_MODEL: 'm-1',
    BOT_BASE_URL: model.baseUrl,
    QUOTA_MESSAGES_PER_DAY: '0',
    QUOTA_TOKENS_PER_DAY: '0',
  };
  const first = await started(keyword);
  const ada = await loggedIn(first.baseUrl);
  const conversations = await Promise.all([1, 2, 3, 4].map(() => newConversation(ada)));
  first.program.signal('SIGKILL');

  const sends: Send[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A model replies to one message of a conversation at a time, the keyword bot to any number.
    const isModel = round % 2 === 0;
    const queries = isModel ? conversations : ['', '', '', '', '', ''];
    const { program, baseUrl } = await started(isModel ? withModel : keyword);
    // The server's first response takes longer than a round.
    await at(baseUrl, ada).call('GET', '/messages');
    const unacknowledged = sends.filter(({ acknowledged }) => !acknowledged).slice(-2);
    const fresh = queries.map((query) => ({ query, content: `canary ${randomUUID()}`, key: randomUUID() }));
    sends.push(...fresh);
    const sent = [...unacknowledged, ...fresh].map((send) => attempt(at(baseUrl, ada), send).catch(() => 0));
    await sleep(Math.random() * MAX_ROUND_MS);
    program.signal('SIGKILL');
    await Promise.all([...sent, program.ended]);
  }
  const early = sends.filter(({ acknowledged }) => acknowledged);

  const last = at((await started(keyword)).baseUrl, ada);
  const before = (await Promise.all(['', ...conversations].map((query) => allOf(last, query)))).flat();
  const unfinished = before.filter(({ is_bot, status }) => is_bot && status !== 'completed');
  for (const send of sends) while (!send.acknowledged) if ((await attempt(last, send)) === 409) await sleep(500);

  const listed = (await Promise.all(['', ...conversations].map((query) => allOf(last, query)))).flat();
  const byId = new Map(listed.map((message) => [message.id_message, message]));
  expect(byId.size).toBe(listed.length);
  expect(listed).toHaveLength(2 * sends.length);
  for (const { content, acknowledged } of sends) {
    expect(listed.filter((message) => message.content === content)).toEqual([acknowledged?.user_message]);
    expect(byId.get(acknowledged?.bot_response.id_message ?? '')).toEqual(acknowledged?.bot_response);
    expect(acknowledged?.bot_response.status).toBe('completed');
  }
  console.log(
    `${sends.length} sends, ${early.length} acknowledged before a kill, ${unfinished.length} left unfinished`,
  );
  expect(early.length).toBeGreaterThan(0);
  expect(unfinished.length).toBeGreaterThan(0);
}, 240_000);

async function started(env: Record<string, string>) {
  const program = startNode([source('main.ts')], { env });
  return { program, baseUrl: await addressOf(program) };
}

function at(baseUrl: string, { jar }: Client): Client {
  const client = connect(baseUrl);
  for (const [name, value] of jar) client.jar.set(name, value);
  return client;
}

const newConversation = async ({ call }: Client): Promise<string> =>
  `?id_conversation=${(await call('POST', '/conversations', { json: {} })).body.id_conversation}`;

/** The status of the response; rejects if there was none. */
async function attempt({ call }: Client, send: Send): Promise<number> {
  const { status, body } = await call('POST', `/messages${send.query}`, {
    json: { content: send.content },
    headers: { 'idempotency-key': send.key },
  });
  // 409: the generating server may be alive. 503: it is not, and the next attempt takes over the reply.
  expect(status).toBeOneOf([201, 409, 503]);
  if (status === 201) send.acknowledged = body;
  return status;
}

async function allOf({ call }: Client, query: string): Promise<Schemas['Message'][]> {
  const found: Schemas['Message'][] = [];
  let cursor = '';
  do {
    const { body } = await call('GET', `/messages${query || '?'}&limit=100${cursor}`);
    found.push(...body.messages);
    cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : '';
  } while (cursor);
  return found;
}
