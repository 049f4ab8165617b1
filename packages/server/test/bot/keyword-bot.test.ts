import { expect, it } from 'vitest';
import { describeBot } from '../../../core/test/ports/bot-contract.ts';
import { deltasOf, never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { keywordBot } from '../../src/bot/keyword-bot.ts';

it.each([
  ['hello', /^Hello!/],
  ['Hi there!', /^Hello!/],
  ['HEY.', /^Hello!/],
  ['What is the weather like?', /sunny/],
  ['Tell me a joke', /Halloween/],
  ['any good jokes?', /Halloween/],
  ['help', /weather/],
  ['Hello, can you help me?', /weather/],
])('“%s” gets the reply of its keyword, in one delta', async (content, reply) => {
  expect(await deltasOf(keywordBot(0)(turnOf(content), never))).toEqual([expect.stringMatching(reply)]);
});

it.each(['this', 'shi', 'hié', 'they', 'helpless', 'hi_there', 'whether', 'joker', ''])(
  '“%s” contains no whole keyword',
  async (content) => {
    expect(await deltasOf(keywordBot(0)(turnOf(content), never))).toEqual([expect.stringMatching(/not sure/)]);
  },
);

it('loads no history, and uses no tokens', async () => {
  const turn = turnOf('hello', [{ content: 'canary', reply: 'canary' }]);
  await deltasOf(keywordBot(0)(turn, never));
  expect(turn).toMatchObject({ limits: [], tokens: [0] });
});

describeBot('keyword bot', {
  open: async () => ({
    bot: keywordBot(1),
    exchanges: [
      { content: 'hello', reply: 'Hello! How can I help you today?' },
      { content: 'help', reply: 'You can greet me, ask about the weather, or ask for a joke.' },
    ],
    reports: { limits: [], tokens: [0], finishes: [] },
  }),
  openStalling: async () => keywordBot(10_000),
});
