import fc from 'fast-check';
import { it } from 'vitest';
import type { Message } from '../../../src/ports/message.ts';
import { newId, newUser } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';
import { type Command, edit, get, IDS, list, put, rate, remove } from './model-commands.ts';

/** Two users, one of whom has a conversation besides the default one. */
const CONVERSATIONS = 3;

/** Compares the store with plain maps of messages, in random sequences of commands. */
export function describeModel(open: OpenStores): void {
  it('after any commands, the store equals a plain list of messages', async () => {
    const stores = (await open())();
    const world = () => {
      const ada = newUser();
      const conversations = [{ userId: ada }, { userId: ada, id_conversation: newId() }, { userId: newUser() }];
      const ids = Array.from({ length: IDS }, newId);
      return {
        model: conversations.map(() => new Map<number, Message>()),
        real: { stores, conversations, ids, edits: 0 },
      };
    };
    const commands = fc.commands(anyCommand, { maxCommands: 80, size: 'max' });
    await fc.assert(
      fc.asyncProperty(commands, (some) => fc.asyncModelRun(world, some)),
      { numRuns: 30 },
    );
  });
}

const place = { conversation: fc.nat(CONVERSATIONS - 1), index: fc.nat(IDS - 1) };
const content = fc.nat(99).map((number) => `canary ${number}`);
const version = fc.integer({ min: 1, max: 4 });
const versions = fc.option(fc.oneof(fc.constant('*' as const), fc.uniqueArray(version, { maxLength: 3 })), {
  nil: undefined,
});
const page = {
  conversation: place.conversation,
  limit: fc.integer({ min: 1, max: 5 }),
  order: fc.constantFrom('asc', 'desc', undefined),
};

const anyCommand: fc.Arbitrary<Command>[] = [
  fc.record({ ...place, content, isPair: fc.boolean() }).map(put),
  fc.record(place).map(get),
  fc.record(page).map(list),
  fc.record({ ...place, content, versions }).map(edit),
  fc.record({ ...place, rating: fc.constantFrom('up', 'down') }).map(rate),
  fc.record({ ...place, versions }).map(remove),
];
