/** A bot that emits deltas faster than chunks can be stored is polled on another server without a gap. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { loggedIn } from '../support/requests/client.ts';
import { openStream, textOf } from '../support/requests/open-stream.ts';
import { QUICK, turnServer } from '../support/servers/turn-server.ts';

const { bot, nth } = scriptedBot();
const here = await turnServer({ bot });
const there = await turnServer({ bot, timings: { ...QUICK, tickMs: 5 } });

it('200 with every delta in order, even those emitted while chunks are stored', async () => {
  const ada = await loggedIn(here);
  const seen = await openStream(ada, 'POST', '/messages', { json: { content: 'canary' } });
  const generation = await nth(1);
  await expect.poll(() => seen.events).toHaveLength(2);
  const { id_message } = seen.events[1].bot_response;
  const other = await openStream({ baseUrl: there, jar: ada.jar }, 'GET', `/messages/${id_message}/events`);
  const deltas = Array.from({ length: 500 }, (_, index) => `${index} `);
  for (const delta of deltas) {
    await generation.emit(delta);
    await sleep(1);
  }
  await generation.end();
  await Promise.all([seen.ended, other.ended]);
  expect(textOf(seen.events)).toBe(deltas.join(''));
  expect(textOf(other.events)).toBe(deltas.join(''));
});
