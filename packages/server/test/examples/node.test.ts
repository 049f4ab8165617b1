/** `examples/node`, run repeatedly. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { startNode, temporaryFolder } from '../support/process/program.ts';
import { newCredentials } from '../support/requests/client.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const program = join(import.meta.dirname, '../../../../examples/node/chat.ts');

/** A user without stored state, and a scripted bot. */
async function newUser() {
  const { email, password } = newCredentials();
  const { bot, nth } = scriptedBot();
  const baseUrl = await turnServer({ bot });
  const stateFile = join(await temporaryFolder(), 'chat.json');
  const env = { CHAT_URL: baseUrl, CHAT_EMAIL: email, CHAT_PASSWORD: password, CHAT_STATE: stateFile };
  return {
    stateFile,
    nth,
    async reply(count: number, text: string) {
      const { emit, end, turn } = await nth(count);
      await emit(text);
      await end();
      return turn;
    },
    send: (content: string, rest: Record<string, string> = {}) =>
      startNode([program, ...content.split(' ')], { env: { ...env, ...rest } }),
  };
}

describe('examples/node', () => {
  it('registers a new user, prints the reply, and needs no password the next time', async () => {
    const ada = await newUser();
    const first = ada.send('canary one');
    expect(await ada.reply(1, 'An answer')).toMatchObject({ content: 'canary one' });
    expect(await first.ended).toMatchObject({ code: 0, stdout: '\nBot: An answer\n', stderr: '' });
    expect((await stat(ada.stateFile)).mode & 0o777).toBe(0o600);

    const second = ada.send('canary two', { CHAT_PASSWORD: 'canary, but a wrong one' });
    expect(await (await ada.reply(2, 'Another')).history(10)).toHaveLength(1);
    expect(await second.ended).toMatchObject({ code: 0, stdout: '\nBot: Another\n', stderr: '' });
  });

  it('logs in if there is an account but no stored session', async () => {
    const ada = await newUser();
    const first = ada.send('canary one');
    await ada.reply(1, 'An answer');
    expect(await first.ended).toMatchObject({ code: 0 });

    await writeFile(ada.stateFile, '{"session":[]}');
    const second = ada.send('canary two');
    await ada.reply(2, 'Another');
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints a whole reply whose first client was killed, before the next reply', async () => {
    const ada = await newUser();
    const killed = ada.send('canary one');
    const begun = await ada.nth(1);
    await begun.emit('It began, ');
    await killed.prints(/It began/);
    killed.signal('SIGKILL');
    await killed.ended;
    expect(JSON.parse(await readFile(ada.stateFile, 'utf8'))).toHaveProperty('id_reply');

    const later = ada.send('canary two');
    await later.prints(/Bot: It began, /);
    await begun.emit('and it ended.');
    await begun.end();
    await ada.reply(2, 'Another');
    expect(await later.ended).toMatchObject({
      code: 0,
      stdout: '\nBot: It began, and it ended.\n\nBot: Another\n',
      stderr: '',
    });
    expect(JSON.parse(await readFile(ada.stateFile, 'utf8'))).not.toHaveProperty('id_reply');
  });
});
