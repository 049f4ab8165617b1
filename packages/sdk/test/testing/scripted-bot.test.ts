import { describeBot } from '../../../core/test/ports/bot-contract.ts';
import { type ReplyScript, replyScripts } from '../../src/testing/reply-script.ts';
import { scriptedBot } from '../../src/testing/scripted-bot.ts';

function botOf(...replies: ReplyScript[]) {
  const scripts = replyScripts();
  for (const script of replies) scripts.add(script);
  return scriptedBot(scripts).bot;
}

describeBot('scripted bot', {
  open: async () => ({
    bot: botOf(
      { deltas: ['one', ' \u{1f600}'], finishReason: 'length' },
      { deltas: ['two', ' more'], delayMs: 1, finishReason: 'length' },
    ),
    exchanges: [
      { content: 'canary one', reply: 'one \u{1f600}' },
      { content: 'canary two', reply: 'two more' },
    ],
    reports: { limits: [], tokens: [], finishes: ['length'] },
  }),
  openStalling: async () => botOf({ deltas: ['Well'], end: 'never' }),
  openFailing: async () => ({
    bot: botOf({ deltas: ['Well'], end: 'failed', problem: 'bot-misconfigured' }),
    error: { name: 'Problem', code: 'bot-misconfigured' },
  }),
});
