import type { Message } from '../schemas.ts';
import { type Generation, startGeneration } from './generation.ts';
import type { Messages, Thread } from './messages.ts';
import type { ReplyScripts } from './reply-script.ts';

export type Replies = ReturnType<typeof replies>;

/** The replies that are being written, and how those came about that are over. */
export function replies(messages: Messages, scripts: ReplyScripts) {
  const byId = new Map<string, { thread: Thread; generation: Generation }>();

  return {
    /** Has the bot write a reply that is kept as pending. */
    start(thread: Thread, { id_message, version }: Message): Generation {
      const generation = startGeneration(version, scripts.next(), {
        keep(content) {
          const kept = messages.get(thread, id_message);
          if (kept) messages.put(thread, { ...kept, content, status: 'streaming' });
        },
        finish: (end) => messages.change(thread, id_message, end) ?? 'deleted',
      });
      byId.set(id_message, { thread, generation });
      return generation;
    },

    find: (id: string): Generation | undefined => byId.get(id)?.generation,

    /** Whether the bot is answering in this conversation. */
    isRunningIn: ({ userId, id_conversation }: Thread): boolean =>
      [...byId.values()].some(
        ({ thread, generation }) =>
          !generation.end && thread.userId === userId && thread.id_conversation === id_conversation,
      ),

    /** Stops the bot on behalf of messages that are gone. */
    forget(isGone: (thread: Thread, id: string) => boolean): void {
      for (const [id, { thread, generation }] of [...byId]) {
        if (!isGone(thread, id)) continue;
        generation.stop('deleted');
        byId.delete(id);
      }
    },
  };
}
