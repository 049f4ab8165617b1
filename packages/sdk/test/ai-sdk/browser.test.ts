/** The transport in a real browser, whose streams and signals differ from those of Node.js, under React's StrictMode. */
import { withoutUnusedLibraries } from '@async-chatbot/core/bundling';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../support/chromium.ts';

if (!chromiumPath) process.stderr.write('SKIPPED: the AI SDK in a browser. Chromium is not installed.\n');

describe.runIf(chromiumPath)('the transport in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    return () => browser.close();
  }, 60_000);

  it.each(['@ai-sdk/react', 'ai-sdk-react-3'])(
    'works with useChat of %s',
    async (hook) => {
      const page = await browser.newPage();
      const pageErrors: string[] = [];
      page.on('pageerror', (error) => pageErrors.push(error.message));
      await page.setContent('<main></main>');
      await page.addScriptTag({ content: await bundle(hook) });
      const shows = (...texts: string[]) => until(() => page.getByRole('listitem').allTextContents()).toEqual(texts);

      await page.getByRole('button', { name: 'Send' }).click();
      await shows('canary', 'Hello');
      await page.getByRole('button', { name: 'Leave' }).click();
      await shows();
      await page.getByRole('button', { name: 'Come back' }).click();
      await shows('canary', 'Hello Ada!');
      await page.getByRole('button', { name: 'Try again' }).click();
      await shows('canary', 'Once upon a time');
      await page.getByRole('button', { name: 'Stop' }).click();
      await until(() => page.getByRole('status').textContent()).toBe('ready, cancelled');
      await page.getByRole('button', { name: 'Try again' }).click();
      await until(() => page.getByRole('alert').textContent()).toBe('bot-unavailable');
      expect(pageErrors).toEqual([]);
    },
    60_000,
  );
});

/** Allows for a busy machine. */
const until = (read: () => Promise<unknown>) => expect.poll(read, { timeout: 10_000 });

/** Bundles a page that uses the mock server through the hook of this module. */
async function bundle(hook: string): Promise<string> {
  const contents = `
    import { useChat } from '${hook}';
    import { StrictMode, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    import { createChatTransport } from './src/ai-sdk/index.ts';
    import { createClient } from './src/index.ts';
    import { createMockServer } from './src/testing/index.ts';

    function Chat({ client, id, messages, onLeave }) {
      const transport = createChatTransport(client);
      const chat = useChat({ id, messages, transport, resume: true });
      return <>
        <ul>{chat.messages.map(({ id, parts }) => <li key={id}>{parts.map(({ text }) => text).join('')}</li>)}</ul>
        <p role="status">{chat.status}, {chat.messages.at(-1)?.metadata?.status}</p>
        <p role="alert">{chat.error?.code}</p>
        <button onClick={() => chat.sendMessage({ text: 'canary' })}>Send</button>
        <button onClick={() => chat.regenerate()}>Try again</button>
        <button onClick={() => transport.cancel(id)}>Stop</button>
        <button onClick={onLeave}>Leave</button>
      </>;
    }

    function App({ client, id }) {
      const [messages, setMessages] = useState([]);
      const load = () => createChatTransport(client).loadMessages(id).then(setMessages);
      if (!messages) return <button onClick={load}>Come back</button>;
      return <Chat client={client} id={id} messages={messages} onLeave={() => setMessages(undefined)} />;
    }

    (async () => {
      const server = createMockServer();
      const user = { email: 'canary@example.com', password: 'canary-1' };
      server.addUser(user);
      server.reply({ deltas: ['Hello', ' Ada!'], delayMs: 1500 });
      server.reply({ deltas: ['Once upon a time'], end: 'never' });
      server.reply({ deltas: [], end: 'failed' });
      const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
      await client.users.login(user);
      const { id_conversation } = await client.conversations.create();
      const app = <StrictMode><App client={client} id={id_conversation} /></StrictMode>;
      createRoot(document.querySelector('main')).render(app);
    })();
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL('../..', import.meta.url).pathname, loader: 'tsx' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [withoutUnusedLibraries()],
  });
  return outputFiles[0]?.text ?? '';
}
