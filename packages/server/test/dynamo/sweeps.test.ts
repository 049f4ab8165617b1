/** Writes that arrive while a conversation or an account is being deleted. */
import { expect, it } from 'vitest';
import { newIds } from '../../../core/src/memory/new-ids.ts';
import { activeConversation, conversationOf } from '../../../core/test/support/conversations.ts';
import { messageOf, newId, newUser, store } from '../../../core/test/support/messages.ts';
import { dynamoSweeps } from '../../src/dynamo/sweeps.ts';
import { onEveryEngine } from '../support/dynamo/dynamo-engines.ts';
import { dynamoTable } from '../support/dynamo/dynamo-table.ts';

function fail(error: unknown): never {
  throw error;
}

const LATER_MS = 61_000;

onEveryEngine(
  'sweeps',
  (client, table) => ({
    table: dynamoTable(client, table),
    sweepAfter: (ms: number) => dynamoSweeps(client, table, () => new Date(Date.now() + ms)).run(fail),
  }),
  (name, open) => {
    it(`${name}: no message sent while its conversation is deleted remains`, async () => {
      const { table, sweepAfter } = await open();
      const user = newUser();
      const id = await activeConversation(table, user, 3);
      await table.conversations.delete(user, id);
      await store(table.turns, messageOf(user, { id_conversation: id }));
      await sweepAfter(0);
      expect(await table.keysOf(user)).toHaveLength(1);
      await sweepAfter(LATER_MS);
      expect(await table.keysOf(user)).toEqual([]);
    });

    it(`${name}: a deletion that was interrupted is completed, by any server`, async () => {
      const { table, sweepAfter } = await open();
      const user = newUser();
      const id = await activeConversation(table, user, 30);
      await table.cutDeletion(user, id, 3);
      expect((await table.keysOf(user)).length).toBeGreaterThan(0);
      await Promise.all([sweepAfter(LATER_MS), sweepAfter(LATER_MS)]);
      expect(await table.keysOf(user)).toEqual([]);
    });

    it(`${name}: nothing written while an account is deleted remains`, async () => {
      const { table, sweepAfter } = await open();
      const [ada, bob] = [newUser(), newUser()];
      await store(table.turns, messageOf(bob));
      await table.messages.scheduleDeleteAll(ada);
      await activeConversation(table, ada, 30);
      const run = { conversation: { userId: ada }, id_reply: newId(), run: 1 };
      await table.turns.appendChunks([{ run, position: 0, text: 'canary' }]);
      await sweepAfter(LATER_MS);
      expect(await table.keysOf(ada)).toEqual([]);
      expect(await table.keysOf(bob)).toHaveLength(1);
      // Later items stay, since the sweep has ended.
      await store(table.turns, messageOf(ada));
      await sweepAfter(2 * LATER_MS);
      expect(await table.keysOf(ada)).toHaveLength(1);
    });

    it(`${name}: of an account that could not be deleted, only what was created later remains`, async () => {
      const { table, sweepAfter } = await open();
      const ada = newUser();
      const early = messageOf(ada);
      const [conversation, late] = [conversationOf(), conversationOf()];
      await table.messages.scheduleDeleteAll(ada, { before: new Date(Date.now() + 1000) });
      // Requests in progress.
      await store(table.turns, early);
      await table.conversations.create(ada, conversation);
      const id_conversation = newIds(() => new Date(Date.now() + 2000))();
      await table.conversations.create(ada, { ...late, id_conversation });
      await sweepAfter(LATER_MS);
      expect(await table.keysOf(ada)).toEqual([`C#${id_conversation}`]);
    });
  },
);
