import type { Handler } from '../operation.ts';

const LIMIT = 100;

export const exportData: Handler<'exportData'> = async ({ user, session }, { identity, messages, conversations }) => {
  const account = { user_id: user.id, email: await identity.emailOf(session) };
  // By id: in the order of activity, a message sent meanwhile would move its conversation out of the pages to come.
  const load = (cursor?: string) => conversations.listById(user.id, { limit: LIMIT, cursor });
  // Loaded before the response starts, so that an outage can still become a problem response.
  const newest = await load();

  async function* lines() {
    yield { user: account };
    for (let page = newest; ; page = await load(page.next_cursor)) {
      for (const conversation of page.conversations) {
        yield { conversation };
        yield* messagesOf(conversation.id_conversation);
      }
      if (!page.next_cursor) break;
    }
    yield* messagesOf(undefined);
  }

  async function* messagesOf(id_conversation: string | undefined) {
    const conversation = { userId: user.id, id_conversation };
    let cursor: string | undefined;
    do {
      const page = await messages.list(conversation, { limit: LIMIT, cursor });
      for (const message of page.messages) yield { message };
      cursor = page.next_cursor;
    } while (cursor);
  }

  return { status: 200, lines: lines() };
};
