import type { Operation } from '../operation.ts';

const PAGE = 100;

export const exportData: Operation<'exportData'> = async ({ user, session }, { identity, messages }) => {
  const account = { user_id: user.id, email: await identity.emailOf(session) };
  // Before the answer begins, an outage is still a problem that can be told.
  const newest = await messages.list(user.id, { limit: PAGE });

  async function* lines() {
    yield { user: account };
    for (let page = newest; ; page = await messages.list(user.id, { limit: PAGE, cursor: page.next_cursor })) {
      for (const message of page.messages) yield { message };
      if (!page.next_cursor) return;
    }
  }

  return { status: 200, lines: lines() };
};
