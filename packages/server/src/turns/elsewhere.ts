import { setTimeout as sleep } from 'node:timers/promises';
import { RUNNING } from '../messages/dynamo-item.ts';
import { Problem } from '../problem.ts';
import type { Pieces } from './pieces.ts';
import type { Progress, Watch } from './progress.ts';
import type { ReplyStore, Writing } from './replies.ts';

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
      await sleep(everyMs);
    }
  };
}

export const isRunning = (status: string | undefined): boolean => status !== undefined && RUNNING.includes(status);
