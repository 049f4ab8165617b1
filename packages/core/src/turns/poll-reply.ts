import { delay } from '@async-chatbot/shared/delay';
import { Problem } from '@async-chatbot/shared/problem';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import { isRunning } from '../ports/message.ts';
import type { ReplyKey, TurnStore } from '../ports/turn-store.ts';
import type { ReplyFeed } from './reply-feed.ts';

/** Follows a reply in the store, for a reply that has ended or that another server generates. */
export function pollReply(reply: ReplyKey, store: TurnStore, tickMs: number): ReplyFeed {
  return async function* feed(signal) {
    let run = 0;
    let text = '';
    while (!signal.aborted) {
      const change = store.nextChange(reply);
      const stored = await untilAborted(store.getReply(reply), signal);
      if (signal.aborted) return;
      if (!stored) return yield { run, text, end: 'deleted' };
      const { message } = stored;
      if (stored.run !== run) text = '';
      run = stored.run;
      if (message.content.length > text.length) text = message.content;
      // After a crash, the chunks may have more text than the reply.
      if (message.status === 'interrupted' || isRunning(message.status)) {
        const chunks = await untilAborted(store.chunksSince({ ...reply, run }, text.length), signal);
        // Otherwise the reply would end without its last chunks.
        if (signal.aborted) return;
        text += chunks ?? '';
      }
      const problem = stored.problem && new Problem(stored.problem);
      if (!isRunning(message.status)) return yield { run, text, end: { ...message, content: text }, problem };
      yield { run, text };
      await delay(tickMs, signal).catch(() => undefined);
      await untilAborted(change, signal);
    }
  };
}
