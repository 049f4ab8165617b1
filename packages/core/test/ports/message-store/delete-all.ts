import { dayOf } from '@async-chatbot/shared/day';
import { expect, it } from 'vitest';
import { contentsOf, conversationOf, storedMessages } from '../../support/conversations.ts';
import { newId, newUser } from '../../support/messages.ts';
import { LEASE_MS } from '../../support/replies.ts';
import type { OpenStores, Stores } from '../../support/stores.ts';

const DAY = dayOf(new Date());

/** Stores data of every kind for a new user, in two conversations. */
async function storedUser(stores: Stores) {
  const { conversations, turns, usage } = stores;
  const userId = newUser();
  const conversation = conversationOf();
  const { id_conversation } = conversation;
  await conversations.create(userId, conversation);
  const keys = [{ userId }, { userId, id_conversation }];
  const runs = keys.map((key) => ({ conversation: key, id_reply: newId(), run: 1 }));
  for (const run of runs) {
    await storedMessages(stores, run.conversation, 30);
    await turns.claimReply({ ...run, reply_to: newId(), timestamp: new Date().toISOString() }, LEASE_MS);
    await turns.appendChunks([{ run, position: 0, text: 'canary' }]);
    await turns.lock({ ...run, holder: run.id_reply }, LEASE_MS);
  }
  await usage.add(userId, DAY, { messages: 1, tokens: 100 }, { messages: 1, tokens: 100 });
  const takeKey = () =>
    turns.takeKey(userId, 'canary key', 'canary', { id_message: newId(), id_reply: newId(), timestamp: '' });
  await takeKey();

  /** The stored data of each kind. */
  async function counts() {
    const { messages, tokens } = await usage.read(userId, DAY);
    const contents = await Promise.all(keys.map((key) => contentsOf(stores, key)));
    return {
      conversations: (await conversations.list(userId, { limit: 5 })).conversations.length,
      messages: contents.map((each) => each.messages.length),
      locks: contents.map(({ isLocked }) => isLocked),
      replies: (await Promise.all(runs.map(turns.getReply))).map(Boolean),
      chunks: await Promise.all(runs.map((run) => turns.chunksSince(run, 0))),
      usage: [messages, tokens],
    };
  }
  return { userId, counts, isKeyTaken: async () => !(await takeKey()).isOwn };
}

const ALL = {
  conversations: 1,
  messages: [31, 31],
  locks: [true, true],
  replies: [true, true],
  chunks: ['canary', 'canary'],
  usage: [1, 100],
};

const NOTHING = {
  conversations: 0,
  messages: [0, 0],
  locks: [false, false],
  replies: [false, false],
  chunks: ['', ''],
  usage: [undefined, undefined],
};

export function describeDeleteAll(open: OpenStores): void {
  it('deletes all data of the user, none of another user, and may be repeated', async () => {
    const stores = (await open())();
    const [ada, bob] = [await storedUser(stores), await storedUser(stores)];
    expect(await ada.counts()).toEqual(ALL);
    for (const _ of [1, 2]) {
      await stores.messages.deleteAll(ada.userId);
      expect(await ada.counts()).toEqual(NOTHING);
    }
    expect(await ada.isKeyTaken()).toBe(false);
    expect(await bob.counts()).toEqual(ALL);
    expect(await bob.isKeyTaken()).toBe(true);
  });
}
