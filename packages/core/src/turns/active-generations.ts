import { Problem } from '@async-chatbot/shared/problem';
import { isRunning } from '../ports/message.ts';
import type { GenerationRun, ReplyKey, StoredReply } from '../ports/turn-store.ts';
import { type Generation, type GenerationDeps, type GenerationOptions, startGeneration } from './generation.ts';
import { pollReply } from './poll-reply.ts';
import { progressWriter } from './progress-writer.ts';
import { endedFeed, type ReplyFeed } from './reply-feed.ts';
import type { GenerationTimings } from './turn-timings.ts';

/** The running generations of this process. */
export interface ActiveGenerations {
  start(run: GenerationRun, options: GenerationOptions): Generation;
  find(id_reply: string): Generation | undefined;
  /** Follows a reply: from memory if this process generates it, else by polling the store, unless it has ended as `found`. */
  follow(reply: ReplyKey, found?: StoredReply): ReplyFeed;
  all(): Generation[];
}

export function activeGenerations(deps: GenerationDeps, timings: GenerationTimings): ActiveGenerations {
  const active = new Map<string, Generation>();
  const writer = progressWriter(deps.store, timings);

  return {
    start(run, options) {
      const { id_reply } = run;
      const generation = startGeneration(run, options, { ...deps, writer }, timings);
      active.set(id_reply, generation);
      void generation.done.then(() => {
        if (active.get(id_reply) === generation) active.delete(id_reply);
      });
      return generation;
    },

    find: (id_reply) => active.get(id_reply),
    follow: (reply, found) =>
      active.get(reply.id_reply)?.feed ?? feedOfEnded(found) ?? pollReply(reply, deps.store, timings.tickMs),
    all: () => [...active.values()],
  };
}

/** Undefined if the reply may change. The chunks of an interrupted reply may have more text. */
function feedOfEnded(found: StoredReply | undefined): ReplyFeed | undefined {
  if (!found || isRunning(found.message.status) || found.message.status === 'interrupted') return undefined;
  return endedFeed(found.message, found.run, found.problem && new Problem(found.problem));
}
