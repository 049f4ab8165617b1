import { expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { turnServer } from '../support/servers/turn-server.ts';

it('200 for one of two concurrent edits that regenerate, and the bot replies to the stored text', async () => {
  const { bot, nth, started } = scriptedBot();
  const ada = await loggedIn(await turnServer({ bot }));
  for (let round = 0; round < 5; round += 1) {
    const sent = sendMessage(ada);
    const first = await nth(started.length + 1);
    await first.emit('One');
    await first.end();
    const path = `/messages/${(await sent).user_message.id_message}`;
    const edits = ['canary A', 'canary B'].map((content) =>
      ada.call('PUT', path, { json: { content, regenerate: true } }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status).sort();
    const second = await nth(2 * round + 2);
    expect((await ada.call('GET', path)).body).toMatchObject({ content: second.turn.content, version: 2 });
    expect(statuses).toEqual([200, 409]);
    const regenerated = ada.call('GET', `${path}/events`, { headers: { accept: 'text/event-stream' } });
    await second.emit('Two');
    await second.end();
    expect((await regenerated).body.at(-1).type).toBe('reply-completed');
  }
});
