import { delay } from '@async-chatbot/shared/delay';
import { Problem } from '@async-chatbot/shared/problem';
import { isRunning } from '../ports/message.ts';
import type { ReplyStore, Writing } from '../ports/replies.ts';
import type { Pieces } from '../ports/reply-chunks.ts';
import type { Progress, Watch } from './reply-feed.ts';

/** Watches a reply that another server writes, or one that is over, by what is kept of it. */
export function watchElsewhere(
  { thread, id_message }: Pick<Writing, 'thread' | 'id_message'>,
  { replies, pieces }: { replies: ReplyStore; pieces: Pieces },
  everyMs: number,
): Watch {
  return async function* watch(): AsyncGenerator<Progress> {
    let run = 0;
    let text = '';
    for (;;) {
      const reply = await replies.get(thread, id_message);
      if (!reply) return yield { run, text, end: 'deleted' };
      const { message } = reply;
      if (reply.run !== run) text = '';
      run = reply.run;
      if (message.content.length > text.length) text = message.content;
      // Of a server that is gone, the pieces may be more than what it kept as a whole.
      if (message.status === 'interrupted' || isRunning(message.status))
        text += await pieces.since({ thread, id_message, run }, text.length);
      const problem = reply.problem && new Problem(reply.problem);
      if (!isRunning(message.status)) return yield { run, text, end: { ...message, content: text }, problem };
      yield { run, text };
      await delay(everyMs);
    }
  };
}
