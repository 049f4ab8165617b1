/** The browser's own `EventSource`, which reconnects whenever a response ends, until it gets a 204. */
import type { Page, Response } from 'playwright-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const WAIT = { timeout: 15_000, interval: 50 };
/** How long Chromium waits before it reconnects. */
const RETRY_MS = 3000;

/** Runs in the page: collects events in `seen`. */
const follow = (id: string) => `{
  globalThis.seen = [];
  globalThis.source = new EventSource('/messages/${id}/events');
  for (const type of ['reply-started', 'reply-delta', 'reply-completed', 'stream-paused'])
    source.addEventListener(type, (event) => seen.push(JSON.parse(event.data)));
}`;

const seenBy = async (page: Page) => (await page.evaluate('globalThis.seen')) as { type: string; delta?: string }[];

async function pageOf(ada: Awaited<ReturnType<typeof loggedIn>>) {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const context = await browser.newContext();
  await context.addCookies([...ada.jar].map(([name, value]) => ({ name, value, url: ada.baseUrl })));
  const page = await context.newPage();
  await page.goto(`${ada.baseUrl}/problems`);
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/events')) responses.push(response);
  });
  return { page, responses };
}

const textOf = (seen: { delta?: string }[]): string => seen.map(({ delta = '' }) => delta).join('');

describe.runIf(chromiumPath)('EventSource', () => {
  it('stops after the end of the reply', async () => {
    const ada = await loggedIn(await startServer());
    const { bot_response } = await sendMessage(ada);
    const { page, responses } = await pageOf(ada);
    await page.evaluate(follow(bot_response.id_message));
    await vi.waitFor(
      async () => expect(await page.evaluate('source.readyState === EventSource.CLOSED')).toBe(true),
      WAIT,
    );
    await page.waitForTimeout(RETRY_MS + 1000);
    expect(responses.map((response) => response.status())).toEqual([200, 204]);
    const seen = await seenBy(page);
    expect(seen.map(({ type }) => type)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
    expect(textOf(seen)).toBe(bot_response.content);
  }, 30_000);

  it('continues after a pause, and stops after the end', async () => {
    const { bot, nth } = scriptedBot();
    const ada = await loggedIn(await turnServer({ bot, streamMs: 300 }));
    const sent = sendMessage(ada);
    const generation = await nth(1);
    const [{ id_message }] = (await ada.call('GET', '/messages?limit=1')).body.messages;
    const { page, responses } = await pageOf(ada);
    await page.evaluate(follow(id_message));
    const pauses = async () => (await seenBy(page)).filter(({ type }) => type === 'stream-paused').length;
    for (const word of ['Good ', 'day']) {
      await generation.emit(word);
      const before = await pauses();
      await vi.waitFor(async () => expect(await pauses()).toBeGreaterThan(before), WAIT);
    }
    await generation.end();
    await sent;
    await vi.waitFor(
      async () => expect(await page.evaluate('source.readyState === EventSource.CLOSED')).toBe(true),
      WAIT,
    );
    const count = responses.length;
    await page.waitForTimeout(RETRY_MS + 1000);
    expect(responses).toHaveLength(count);
    expect(responses.at(-1)?.status()).toBe(204);
    const seen = await seenBy(page);
    expect(textOf(seen)).toBe('Good day');
    expect(seen.map(({ type }) => type).filter((type) => /started|completed/.test(type))).toEqual([
      'reply-started',
      'reply-completed',
    ]);
  }, 30_000);
});
