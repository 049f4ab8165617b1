import { setTimeout as sleep } from 'node:timers/promises';
import { startGeneration } from '@async-chatbot/core/turns/generation';
import { watchElsewhere } from '@async-chatbot/core/turns/poll-reply';
import { expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { newId, newUser } from '../messages/samples.ts';
import { portsOn } from './ports.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');
const at = portsOn(dynamoClient({ region: 'local', endpoint }), table);

it('who follows a reply elsewhere misses nothing, though a piece was kept and its answer lost', async () => {
  const { replies, pieces } = at();
  const thread = { userId: newUser() };
  const writing = { thread, id_message: newId(), run: 1 };
  const timestamp = new Date().toISOString();
  await replies.claim(thread, { id_message: writing.id_message, reply_to: newId(), timestamp }, 15_000);
  let appends = 0;
  const losing: typeof pieces = {
    ...pieces,
    async append(...piece) {
      await pieces.append(...piece);
      appends += 1;
      if (appends !== 2) return;
      await sleep(100);
      throw new Error('canary: the answer was lost');
    },
  };
  const words = Array.from({ length: 100 }, (_, index) => `${index} `);
  async function* say() {
    for (const word of words) {
      await sleep(10);
      yield word;
    }
  }
  const elsewhere = watchElsewhere(writing, { replies, pieces }, 10);
  const deps = { replies, pieces: losing, onFailure: () => undefined, onEnd: async () => undefined, elsewhere };
  const { done } = startGeneration(writing, say, deps, { leaseMs: 15_000, keepMs: 5000, tickMs: 60 });
  let told = '';
  for await (const { text } of elsewhere()) {
    expect(words.join('').startsWith(text), text).toBe(true);
    told = text;
  }
  await done;
  expect(told).toBe(words.join(''));
  expect(appends).toBeGreaterThan(2);
});
