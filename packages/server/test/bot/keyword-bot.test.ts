import { expect, it } from 'vitest';
import { keywordBot } from '../../src/bot/keyword-bot.ts';

const { reply } = keywordBot();

it.each([
  ['hello', /^Hello!/],
  ['Hi there!', /^Hello!/],
  ['HEY.', /^Hello!/],
  ['What is the weather like?', /sunny/],
  ['Tell me a joke', /Halloween/],
  ['any good jokes?', /Halloween/],
  ['help', /weather/],
  ['Hello, can you help me?', /weather/],
])('“%s” is answered by its keyword', async (content, answer) => {
  expect(await reply(content)).toMatch(answer);
});

it.each(['this', 'shi', 'hié', 'they', 'helpless', 'hi_there', 'whether', 'joker', ''])(
  '“%s” holds no whole keyword',
  async (content) => {
    expect(await reply(content)).toMatch(/not sure/);
  },
);
