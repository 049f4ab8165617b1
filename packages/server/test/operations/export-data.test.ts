import { once } from 'node:events';
import { request } from 'node:http';
import type { Conversation, ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newId } from '../../../core/test/support/messages.ts';
import { connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const baseUrl = await startServer();
const path = '/users/me/export';

/** A store with more messages than should be in memory at once, and the number of pages that were read. */
function largeStore(count: number) {
  let pages = 0;
  const { messages: real } = testDeps();
  const store: MessageStore = {
    ...real,
    async list({ userId: id_user }, { limit, cursor }) {
      pages += 1;
      const from = Number(cursor ?? 0);
      const length = Math.min(limit, count - from);
      const timestamp = new Date().toISOString();
      const content = 'canary'.repeat(100);
      const messages = Array.from({ length }, () => ({
        id_message: newId(),
        id_user,
        content,
        timestamp,
        is_bot: false,
        version: 1,
      }));
      return { messages, ...(from + length < count && { next_cursor: String(from + length) }) };
    },
  };
  return { store, pages: () => pages };
}

/** Sends a request with `node:http`, so that a test controls how fast the response is read. */
async function get(url: string, cookie: string) {
  const req = request(url, { headers: { cookie } }).end();
  const [res] = await once(req, 'response');
  return res as import('node:http').IncomingMessage;
}

describe('exportData', () => {
  it('200 with the account and every message, newest first', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    const { status, body, headers } = await ada.call('GET', path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const user = (await ada.call('GET', '/users/me')).body;
    const end = { conversations: 0, messages: 2 };
    expect(body).toEqual([{ user }, { message: bot_response }, { message: user_message }, { end }]);
  });

  it('200 with the number of conversations and messages at the end', async () => {
    const ada = await loggedIn(baseUrl);
    await sendMessage(ada);
    for (let count = 0; count < 2; count += 1) {
      const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
      const json = { content: 'canary' };
      await ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json });
    }
    const { body } = await ada.call('GET', path);
    expect(body).toHaveLength(10);
    expect(body.at(-1)).toEqual({ end: { conversations: 2, messages: 6 } });
  });

  it('200 with each message once, for more messages than a page', async () => {
    const ada = await loggedIn(baseUrl);
    await Promise.all(Array.from({ length: 60 }, () => sendMessage(ada)));
    const lines = (await ada.call('GET', path)).body;
    expect(lines.at(-1)).toEqual({ end: { conversations: 0, messages: 120 } });
    const ids = lines.slice(1, -1).map(({ message }: { message: { id_message: string } }) => message.id_message);
    expect(new Set(ids).size).toBe(120);
    expect(ids).toEqual(ids.toSorted().reverse());
  });

  it('200 with each conversation once, even if messages are sent during the export', async () => {
    const { conversations } = testDeps();
    const ids: string[] = [];
    // After each page, one of its conversations and one of the last page get a message.
    const busy =
      (list: ConversationStore['list']): ConversationStore['list'] =>
      async (user, page) => {
        const found = await list(user, page);
        const sent = { at: new Date().toISOString(), title: 'canary' };
        for (const id of [ids[0], ids.at(-1)]) await conversations.touch(user, String(id), sent);
        return found;
      };
    const { list, listById } = conversations;
    const store = { ...conversations, list: busy(list), listById: busy(listById) };
    const ada = await loggedIn(await startServer({ conversations: store }));
    await Promise.all(
      Array.from({ length: 101 }, async () => {
        ids.push((await ada.call('POST', '/conversations', { json: {} })).body.id_conversation);
      }),
    );
    ids.sort();
    const lines = (await ada.call('GET', path)).body.slice(1, -1);
    const exported = lines.map(({ conversation }: { conversation: Conversation }) => conversation.id_conversation);
    expect(exported).toEqual(ids.toReversed());
  });

  it('200 for 100,000 messages, with only one page in memory', async () => {
    const { store, pages } = largeStore(100_000);
    const large = await startServer({ messages: store });
    const ada = await loggedIn(large);
    const cookie = [...ada.jar].map((pair) => pair.join('=')).join('; ');
    const res = await get(large + path, cookie);

    // The reader pauses, so the server stops reading pages once the socket's buffers are full.
    res.pause();
    let seen = -1;
    await vi.waitFor(
      () => {
        const before = seen;
        seen = pages();
        expect(seen).toBe(before);
      },
      { interval: 200, timeout: 10_000 },
    );
    expect(seen).toBeLessThan(200);

    let lines = 0;
    for await (const chunk of res) lines += (chunk as Buffer).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
    expect(lines).toBe(100_002);
    expect(pages()).toBe(1000);
  }, 60_000);

  it('200 that is cut off does not look complete', async () => {
    const { store } = largeStore(1000);
    const failing: MessageStore = {
      ...store,
      list: async (user, page) => {
        if (page.cursor) throw new Error('canary');
        return store.list(user, page);
      },
    };
    const broken = await startServer({ messages: failing });
    const ada = await loggedIn(broken);
    const cookie = [...ada.jar].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(broken + path, { headers: { cookie } });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('200 without a warning of too many listeners', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => void warnings.push(name);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const ada = await loggedIn(baseUrl);
    await sendMessage(ada);
    expect((await ada.call('GET', path)).status).toBe(200);
    expect(warnings).not.toContain('MaxListenersExceededWarning');
  });

  it('200 for HEAD, which loads no messages', async () => {
    const { store, pages } = largeStore(1000);
    const large = await startServer({ messages: store });
    const ada = await loggedIn(large);
    expect((await ada.call('HEAD', path)).status).toBe(200);
    expect(pages()).toBe(0);
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    expect((await ada.call('GET', path, { headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('GET', path)).status).toBe(401);
  });

  it('422 for an unknown query parameter', async () => {
    expect((await (await loggedIn(baseUrl)).call('GET', `${path}?all=1`)).status).toBe(422);
  });
});
