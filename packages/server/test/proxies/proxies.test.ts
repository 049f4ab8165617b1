/** The API behind proxies: events arrive one at a time, versions match, and what was cut off does not look complete. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionError, type Conversation, createClient, type ExportedItem } from '@async-chatbot/sdk';
import compression from 'compression';
import express from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { type Client, loggedIn, type Send, sendMessage } from '../support/requests/client.ts';
import { openStream, textOf } from '../support/requests/open-stream.ts';
import { startServer, testDeps } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';
import { nginx, nginxInFrontOf } from './nginx.ts';

const conversation: Conversation = {
  id_conversation: '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b',
  title: 'canary',
  created_at: '2026-11-22T07:33:20.110Z',
  updated_at: '2026-11-22T07:33:21.025Z',
};

const WAIT = { timeout: 5000, interval: 5 };

/** A response without what a proxy adds, which the document does not describe. */
const proxied: Send = async (url, init) => {
  const response = await fetch(url, init);
  const own = [...response.headers].filter(([name]) => !['content-encoding', 'server', 'vary'].includes(name));
  return new Response(response.body, { status: response.status, headers: own });
};

const { bot, started, nth } = scriptedBot();
const upstream = await turnServer({ bot });

/** A proxy with `compression()`, like that of Next.js rewrites. */
async function compressionInFrontOf(target: string): Promise<string> {
  const app = express()
    .disable('x-powered-by')
    .use(compression({ threshold: 0 }), (req, res) => {
      const { method, headers } = req;
      const forwarded = request(target + req.originalUrl, { method, headers }, (response) => {
        response.pipe(res.writeHead(response.statusCode ?? 502, response.headers));
      });
      req.pipe(forwarded);
    });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Streams a reply of two words to two clients. The second word is sent after the first has arrived. */
async function streamWordByWord(ada: Client): Promise<(string | null)[]> {
  const sent = await openStream(ada, 'POST', '/messages', { json: { content: 'canary' } });
  const generation = await nth(started.length);
  await vi.waitFor(() => expect(sent.events).toHaveLength(2), WAIT);
  const resumed = await openStream(ada, 'GET', `/messages/${sent.events[0].user_message.id_message}/events`);
  const streams = [sent, resumed];
  for (const [word, text] of [
    ['Good ', 'Good '],
    ['day', 'Good day'],
  ] as const) {
    await generation.emit(word);
    await vi.waitFor(() => expect(streams.map(({ events }) => textOf(events))).toEqual([text, text]), WAIT);
  }
  await generation.end();
  await Promise.all(streams.map(({ ended }) => ended));
  for (const { events } of streams) expect(events.at(-1)).toMatchObject({ type: 'reply-completed' });
  return streams.map(({ headers }) => headers.get('content-encoding'));
}

const cookieOf = ({ jar }: Client): string => [...jar].map((pair) => pair.join('=')).join('; ');

async function encodingOf(ada: Client, path: string): Promise<string | null> {
  const response = await fetch(ada.baseUrl + path, { headers: { cookie: cookieOf(ada) } });
  await response.body?.cancel();
  return response.headers.get('content-encoding');
}

describe('compression()', () => {
  it('compresses responses other than streams, and forwards each event at once', async () => {
    const ada = await loggedIn(await compressionInFrontOf(upstream), proxied);
    expect(await encodingOf(ada, '/messages')).toBe('gzip');
    expect(await streamWordByWord(ada)).toEqual([null, null]);
    expect(await encodingOf(ada, '/users/me/export')).toBeNull();
  });
});

if (!nginx) console.warn('nginx NOT TESTED: it is not installed (apt-get install nginx-light)');
describe.runIf(nginx)('nginx with compression', () => {
  it('forwards each event at once', async () => {
    const ada = await loggedIn(await nginxInFrontOf(upstream), proxied);
    // nginx ignores `no-transform` and compresses 200 responses, but flushes each part, since buffering is off.
    expect(await streamWordByWord(ada)).toEqual([null, 'gzip']);
  });

  it('also under a path prefix, as in docs/deploy.md', async () => {
    const ada = await loggedIn(`${await nginxInFrontOf(`${upstream}/`, '/chat/')}/chat`, proxied);
    expect(await streamWordByWord(ada)).toEqual([null, 'gzip']);
  });

  it('makes a truncated export look complete, except for the missing `end`', async () => {
    const { messages } = testDeps();
    let failing = false;
    const list: typeof messages.list = async (user, page) => {
      if (failing) throw new Error('canary');
      failing = true;
      return messages.list(user, page);
    };
    const conversations = { ...testDeps().conversations, listById: async () => ({ conversations: [conversation] }) };
    const url = await nginxInFrontOf(await startServer({ conversations, messages: { ...messages, list } }));
    const ada = await loggedIn(url, proxied);
    const headers = { cookie: cookieOf(ada) };
    const response = await fetch(`${url}/users/me/export`, { headers });
    const text = await response.text();
    expect(text).toMatch(/\}\n$/);
    expect(text).not.toContain('"end"');

    failing = false;
    const items: ExportedItem[] = [];
    const loop = async () => {
      for await (const item of createClient({ baseUrl: url, headers }).users.export()) items.push(item);
    };
    await expect(loop()).rejects.toBeInstanceOf(ConnectionError);
    expect(items).toEqual([{ user: expect.anything() }, { conversation }]);
  });

  it('weakens the ETag, which still matches in If-Match', async () => {
    const ada = await loggedIn(await nginxInFrontOf(upstream), proxied);
    const sent = sendMessage(ada);
    const generation = await nth(started.length + 1);
    await generation.emit('Good day');
    await generation.end();
    const path = `/messages/${(await sent).user_message.id_message}`;

    // Not by `call`, which validates responses as the server itself sends them.
    const cookie = cookieOf(ada);
    const tag = (await fetch(ada.baseUrl + path, { headers: { cookie } })).headers.get('etag') ?? '';
    expect(tag).toBe('W/"1"');
    const remove = () => fetch(ada.baseUrl + path, { method: 'DELETE', headers: { cookie, 'if-match': tag } });
    expect((await remove()).status).toBe(200);
    expect((await remove()).status).toBe(404);
  });
});
