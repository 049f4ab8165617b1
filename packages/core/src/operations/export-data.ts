import type { Handler } from '../operation.ts';

const LIMIT = 100;

export const exportData: Handler<'exportData'> = async ({ user, session }, { identity, messages, conversations }) => {
  const account = { user_id: user.id, email: await identity.emailOf(session) };
  // By id: sorted by activity, a conversation that gets a message meanwhile would move out of the remaining pages.
  const load = (cursor?: string) => conversations.listById(user.id, { limit: LIMIT, cursor });
  // Loaded before the response starts, so that an outage can still become a problem response.
  const newest = await load();

  async function* lines() {
    const totals = { conversations: 0, messages: 0 };
    yield { user: account };
    for (let page = newest; ; page = await load(page.next_cursor)) {
      for (const conversation of page.conversations) {
        yield { conversation };
        totals.conversations += 1;
        totals.messages += yield* messagesOf(conversation.id_conversation);
      }
      if (!page.next_cursor) break;
    }
    totals.messages += yield* messagesOf(undefined);
    // Behind a proxy that uses HTTP/1.0, a truncated response looks complete.
    yield { end: totals };
  }

  /** Returns the number of messages. */
  async function* messagesOf(id_conversation: string | undefined) {
    const conversation = { userId: user.id, id_conversation };
    let count = 0;
    let cursor: string | undefined;
    do {
      const page = await messages.list(conversation, { limit: LIMIT, cursor });
      for (const message of page.messages) yield { message };
      count += page.messages.length;
      cursor = page.next_cursor;
    } while (cursor);
    return count;
  }

  return { status: 200, lines: lines() };
};
