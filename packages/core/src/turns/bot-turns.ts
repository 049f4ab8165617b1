import type { ConversationStore } from '../ports/conversation-store.ts';
import type { SendKeys } from '../ports/idempotency-keys.ts';
import type { Message, Thread } from '../ports/message.ts';
import { isRunning } from '../ports/message.ts';
import type { Usage } from '../ports/usage.ts';
import { type AnsweringDeps, answering } from './active-generations.ts';
import { admit, inProgress } from './admission.ts';
import { sending } from './create-turn.ts';
import { GENERATION_TIMINGS, type GenerationTimings } from './generation-timings.ts';
import { type Opened, pendingReply } from './pending-reply.ts';
import type { Turns } from './turns.ts';

interface TurnsDeps extends AnsweringDeps {
  conversations: ConversationStore;
  keys: SendKeys;
  usage: Usage;
}

export interface TurnTimes {
  timings?: GenerationTimings;
  /** How long a stream lasts at the most. */
  streamMs?: number;
  /** How long a JSON response waits for its reply. */
  jsonMs?: number;
}

/** A stream ends before a proxy may cut it, at 100 s. */
const STREAM_MS = 95_000;

/** Proxies cut a response that takes 60 s. */
const JSON_MS = 50_000;

/** How long to wait until another server has stopped its bot. */
const STOPPED_MS = 2000;

/** Turns of any bot. Each step may be repeated, by this server or another one, and none needs a transaction. */
export function botTurns(
  deps: TurnsDeps,
  now: () => Date,
  newId: () => string,
  { timings = GENERATION_TIMINGS, streamMs = STREAM_MS, jsonMs = JSON_MS }: TurnTimes = {},
): Turns {
  const { messages, replies } = deps;
  const bots = answering(deps, timings);
  const send = sending({ ...deps, bots, answerAnew }, timings.leaseMs, now, newId);
  const closing = new AbortController();
  const pause = { afterMs: streamMs, closing: closing.signal };
  const pending = (opened: Opened, tellsMessage: boolean) => pendingReply(opened, { tellsMessage, pause, jsonMs });

  /** The message of this id, or the one that the reply of this id answers. */
  async function questionOf(thread: Thread, id: string): Promise<Message | undefined> {
    const message = await messages.get(thread, id);
    return message?.reply_to === undefined ? message : messages.get(thread, message.reply_to);
  }

  /** Undefined if a bot is at it, or the message does not let itself be edited so. */
  async function answerAnew(
    thread: Thread,
    message: Message,
    isStreamed: boolean,
    edit = async (): Promise<Message | undefined> => message,
  ): Promise<Opened | undefined> {
    const { id_message: reply_to, id_reply: id_message = newId() } = message;
    const admission = await admit(thread, id_message, deps, timings.leaseMs);
    const question = await edit();
    const timestamp = now().toISOString();
    const claimed = question && (await replies.claim(thread, { id_message, reply_to, timestamp }, timings.leaseMs));
    // What was deleted meanwhile must not be answered.
    if (!claimed || (claimed.run === 1 && !(await messages.get(thread, reply_to)))) {
      if (claimed) await messages.delete(thread, id_message);
      return void (await admission.giveBack());
    }
    const { reservation } = admission;
    const { watch } = bots.start({ thread, id_message, run: claimed.run }, question, { reservation, isStreamed });
    return { message: question, reply: claimed.message, watch, left: reservation?.left };
  }

  return {
    async send(thread, draft) {
      return pending(await send(thread, draft), true);
    },

    async regenerate(thread, id, { isStreamed, edit }) {
      const message = await questionOf(thread, id);
      // Only what the user said can be edited.
      if (!message || (edit && message.id_message !== id)) return undefined;
      const before = message.id_reply && (await replies.get(thread, message.id_reply));
      if (before && isRunning(before.message.status)) throw inProgress();
      // The text that is answered is the one that is kept, also of two edits at once.
      const versions = Array.isArray(edit?.versions) ? edit.versions : [message.version];
      const change = edit && (() => messages.edit(thread, id, edit, versions));
      const anew = await answerAnew(thread, message, isStreamed, change);
      if (!anew && !edit) throw inProgress();
      return anew && pending(anew, false);
    },

    async find(thread, id) {
      const message = await questionOf(thread, id);
      const reply = message?.id_reply === undefined ? undefined : await messages.get(thread, message.id_reply);
      if (!message || !reply) return undefined;
      return pending({ message, reply, watch: bots.watch(thread, reply.id_message) }, false);
    },

    async cancel(thread, id) {
      const message = await questionOf(thread, id);
      const id_message = message?.id_reply;
      const reply = id_message === undefined ? undefined : await replies.get(thread, id_message);
      if (!id_message || !reply || !isRunning(reply.message.status)) return reply?.message;

      const here = bots.find(id_message);
      if (here) here.stop('cancelled');
      else await replies.cancel({ thread, id_message, run: reply.run });
      const lateMs = now().getTime() + STOPPED_MS;
      for await (const { end } of bots.watch(thread, id_message)()) {
        if (end === 'deleted') return undefined;
        if (end) return end;
        if (now().getTime() > lateMs) break;
      }
      return messages.get(thread, id_message);
    },

    async close(withinMs) {
      closing.abort();
      const late = AbortSignal.timeout(withinMs);
      late.addEventListener('abort', () => {
        for (const bot of bots.all()) bot.stop('interrupted');
      });
      await Promise.all(bots.all().map(({ done }) => done));
    },
  };
}
