import { describe, expect, it } from 'vitest';
import { dynamoConversations } from '../../src/conversations/dynamo-conversations.ts';
import type { Conversation, ConversationStore } from '../../src/conversations/store.ts';
import { dynamoStore } from '../../src/messages/dynamo-store.ts';
import type { MessageStore } from '../../src/messages/store.ts';
import { messageOf, newId, newUser } from '../messages/samples.ts';
import { onEveryEngine } from '../support/engines.ts';

interface Stores {
  conversations: ConversationStore;
  messages: MessageStore;
}

const AT = '2026-01-02T03:04:05.678Z';
const LATER = '2026-01-02T03:04:06.789Z';
const conversationOf = (title?: string): Conversation => ({
  id_conversation: newId(),
  ...(title && { title }),
  created_at: AT,
  updated_at: AT,
});

onEveryEngine(
  'dynamoConversations',
  (client, table): Stores => ({
    conversations: dynamoConversations(client, { table }, () => new Date()),
    messages: dynamoStore(client, { table }, () => new Date()),
  }),
  (name, open) =>
    describe(name, () => {
      it('a conversation comes back as it was created, and may be created again', async () => {
        const { conversations } = await open();
        const user = newUser();
        for (const conversation of [conversationOf('canary'), conversationOf()]) {
          await Promise.all([1, 2, 3].map(() => conversations.create(user, conversation)));
          expect(await conversations.get(user, conversation.id_conversation)).toStrictEqual(conversation);
        }
      });

      it('the pages are a partition of the conversations, newest first', async () => {
        const { conversations } = await open();
        const user = newUser();
        const created = Array.from({ length: 7 }, () => conversationOf()).reverse();
        for (const conversation of created) await conversations.create(user, conversation);
        for (const limit of [1, 2, 3, 7, 8]) {
          const found: Conversation[] = [];
          let cursor: string | undefined;
          do {
            const page = await conversations.list(user, { limit, cursor });
            expect(page.conversations.length).toBeLessThanOrEqual(limit);
            found.push(...page.conversations);
            cursor = page.next_cursor;
          } while (cursor);
          expect(found).toStrictEqual(created);
        }
      });

      it('a touch gives a title to what has none, and a rename another one', async () => {
        const { conversations } = await open();
        const user = newUser();
        const conversation = conversationOf();
        const { id_conversation: id } = conversation;
        await conversations.create(user, conversation);
        expect(await conversations.touch(user, id, { at: LATER, title: 'canary first' })).toBe(true);
        expect(await conversations.touch(user, id, { at: LATER, title: 'canary second' })).toBe(true);
        const touched = { ...conversation, title: 'canary first', updated_at: LATER };
        expect(await conversations.get(user, id)).toStrictEqual(touched);
        const renamed = { ...touched, title: 'canary third' };
        expect(await conversations.rename(user, id, { title: 'canary third', updated_at: LATER })).toStrictEqual(
          renamed,
        );
      });

      it('neither a touch nor a rename makes one, and another user reaches none', async () => {
        const { conversations } = await open();
        const [ada, bob] = [newUser(), newUser()];
        const conversation = conversationOf();
        const { id_conversation: id } = conversation;
        await conversations.create(ada, conversation);
        for (const [user, unknown] of [
          [bob, id],
          [ada, newId()],
        ] as const) {
          expect(await conversations.touch(user, unknown, { at: LATER, title: 'canary' })).toBe(false);
          expect(await conversations.rename(user, unknown, { title: 'canary', updated_at: LATER })).toBeUndefined();
          expect(await conversations.get(user, unknown)).toBeUndefined();
          expect(await conversations.delete(user, unknown)).toBe(false);
        }
        expect(await conversations.list(ada, { limit: 5 })).toStrictEqual({ conversations: [conversation] });
        expect(await conversations.list(bob, { limit: 5 })).toStrictEqual({ conversations: [] });
      });

      it('a deletion takes all of its messages, and no other', async () => {
        const { conversations, messages } = await open();
        const user = newUser();
        const [gone, kept] = [conversationOf(), conversationOf()];
        for (const { id_conversation } of [gone, kept]) {
          await conversations.create(user, { ...gone, id_conversation });
          for (let batch = 0; batch < 3; batch += 1)
            await messages.put(Array.from({ length: 20 }, () => messageOf(user, { id_conversation })));
        }
        await messages.put([messageOf(user)]);
        expect(await conversations.delete(user, gone.id_conversation)).toBe(true);
        expect(await conversations.delete(user, gone.id_conversation)).toBe(false);
        const count = async (id_conversation?: string) =>
          (await messages.list({ userId: user, id_conversation }, { limit: 100 })).messages.length;
        expect([await count(gone.id_conversation), await count(kept.id_conversation), await count()]).toEqual([
          0, 60, 1,
        ]);
        expect((await conversations.list(user, { limit: 5 })).conversations).toHaveLength(1);
      });

      it('a touch does not bring back what is deleted, however close they are', async () => {
        const { conversations } = await open();
        const user = newUser();
        for (let round = 0; round < 15; round += 1) {
          const conversation = conversationOf();
          const { id_conversation: id } = conversation;
          await conversations.create(user, conversation);
          await Promise.all([
            conversations.touch(user, id, { at: LATER, title: 'canary' }),
            conversations.delete(user, id),
          ]);
          expect(await conversations.get(user, id)).toBeUndefined();
        }
        expect(await conversations.list(user, { limit: 5 })).toStrictEqual({ conversations: [] });
      });
    }),
);
