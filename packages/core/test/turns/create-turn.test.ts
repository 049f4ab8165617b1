import { deferred } from '@async-chatbot/shared/deferred';
import { expect, it } from 'vitest';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';
import { subscribe } from '../support/subscriber.ts';

it('of two retries on two servers after a failed reply, both follow its one new generation', async () => {
  const answer = deferred<void>();
  let calls = 0;
  async function* bot() {
    calls += 1;
    if (calls === 1) throw new Error('canary: the model failed');
    await answer.promise;
    yield 'canary reply';
  }
  const [conversation, draft] = [{ userId: newUser() }, { content: 'canary', key: 'canary', isStreamed: true }];
  const first = memoryTurns(bot);
  await subscribe(await first.turns.send(conversation, draft)).ended;
  const second = memoryTurns(bot, {
    table: first.table,
    overrides: ({ claimReply }) => ({
      async claimReply(...args) {
        await first.turns.send(conversation, draft);
        return claimReply(...args);
      },
    }),
  });
  const retried = subscribe(await second.turns.send(conversation, draft));
  await expect.poll(() => retried.types()).toContain('reply-started');
  answer.resolve();
  await retried.ended;
  expect(retried.text()).toBe('canary reply');
  expect(retried.types().at(-1)).toBe('reply-completed');
  expect(calls).toBe(2);
});
