import { timeout } from '@async-chatbot/shared/timeout';
import { type ConversationKey, isRunning, type Message, type Versions } from '../ports/message.ts';
import type { StoredReply } from '../ports/turn-store.ts';
import { activeGenerations } from './active-generations.ts';
import { replyInProgress } from './admission.ts';
import { type CreateTurnDeps, createTurn, type Draft } from './create-turn.ts';
import { type FollowedReply, followedReply, type OpenTurn, type PendingReply, pendingReply } from './pending-reply.ts';
import { regenerate } from './regenerate.ts';
import { REPLY_LIMITS, type ReplySlotLimits, replySlots } from './reply-slots.ts';
import { type RequestScope, UNBOUNDED } from './request-scope.ts';
import { TURN_TIMINGS, type TurnTimings } from './turn-timings.ts';

/** User messages and replies. A generation runs to its end and is stored even if every client disconnects. */
export interface Turns {
  /**
   * Stores a message and starts the bot. A retry with the same key returns the same turn, and regenerates a failed or
   * interrupted reply. Throws `conversation-not-found`, `idempotency-key-reused`, `too-many-replies`, `reply-in-progress`,
   * `quota-exceeded`, and `message-not-found` if the key's message was deleted.
   */
  send(conversation: ConversationKey, draft: Draft): Promise<PendingReply>;
  /**
   * Regenerates a reply, after editing its message if `edit` is given. `id` names the message or the reply. Undefined, with
   * nothing changed, if there is no such message or the edit does not apply. Throws `too-many-replies`, `reply-in-progress`
   * and `quota-exceeded`.
   */
  regenerate(
    conversation: ConversationKey,
    id: string,
    options: { isStreamed: boolean; edit?: Edit | undefined },
  ): Promise<PendingReply | undefined>;
  /** The reply with this id, or the reply to the message with this id. */
  find(conversation: ConversationKey, id: string): Promise<(FollowedReply & { id_reply: string }) | undefined>;
  /** Stops the bot and resolves to the reply. A reply that has ended stays as it is. */
  cancel(conversation: ConversationKey, id: string): Promise<Message | undefined>;
  /** Pauses all streams, waits for the running generations, and interrupts those still running after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

export interface Edit {
  content: string;
  edited_at: string;
  versions?: Versions | undefined;
}

interface TurnsDeps extends Omit<CreateTurnDeps, 'scope' | 'generations' | 'leaseMs' | 'takeReplySlot'> {
  scope?: RequestScope | undefined;
  replyLimits?: ReplySlotLimits | undefined;
}

/** How long to wait for the bot, which may run on another server, to stop. */
const CANCEL_MS = 2000;

/** Every step can be repeated, on this server or another, and none needs a transaction. */
export function createTurns(deps: TurnsDeps, timings: Partial<TurnTimings> = {}): Turns {
  const { messages, store, scope = UNBOUNDED } = deps;
  const { generation, streamMs, jsonMs } = { ...TURN_TIMINGS, ...timings };
  const generations = activeGenerations(deps, generation);
  const takeReplySlot = replySlots(deps.replyLimits ?? REPLY_LIMITS);
  const turnDeps: CreateTurnDeps = { ...deps, scope, generations, takeReplySlot, leaseMs: generation.leaseMs };
  const closing = new AbortController();
  const stream = { streamMs, closing: closing.signal };
  const toPendingReply = (turn: OpenTurn, { startsWithMessage = false } = {}) =>
    pendingReply(turn, { ...stream, jsonMs, startsWithMessage, scope });

  /** The reply with this id, or the reply to the message with this id. */
  async function findReply(conversation: ConversationKey, id: string): Promise<StoredReply | undefined> {
    const found = await store.getReply({ conversation, id_reply: id });
    if (!found || found.message.is_bot) return found;
    const { id_reply } = found.message;
    return id_reply === undefined ? undefined : store.getReply({ conversation, id_reply });
  }

  return {
    async send(conversation, draft) {
      return toPendingReply(await createTurn(conversation, draft, turnDeps), { startsWithMessage: true });
    },

    async regenerate(conversation, id, { isStreamed, edit }) {
      const found = await store.getReply({ conversation, id_reply: id });
      // A reply cannot be edited.
      if (!found || (edit && found.message.is_bot)) return undefined;
      const { reply_to, id_reply, version } = found.message;
      // Without an edit, the claim of the reply shows whether it is in progress.
      const before = edit && id_reply !== undefined ? await store.getReply({ conversation, id_reply }) : found;
      if (before && isRunning(before.message.status)) throw replyInProgress();
      const message = reply_to === undefined ? found.message : await messages.get(conversation, reply_to);
      if (!message) return undefined;
      // Without `If-Match`, edit only the version read above: of two concurrent edits, one fails.
      const versions = Array.isArray(edit?.versions) ? edit.versions : [version];
      const change = edit && (() => messages.edit(conversation, id, edit, versions));
      const turn = await regenerate(conversation, message, { isStreamed, edit: change }, turnDeps);
      if (!turn && !edit) throw replyInProgress();
      return turn && toPendingReply(turn);
    },

    async find(conversation, id) {
      const found = await findReply(conversation, id);
      if (!found) return undefined;
      const { message: reply } = found;
      const { id_message: id_reply } = reply;
      const feed = generations.follow({ conversation, id_reply }, found);
      return { id_reply, ...followedReply({ reply, feed }, stream) };
    },

    async cancel(conversation, id) {
      const found = await findReply(conversation, id);
      if (!found || !isRunning(found.message.status)) return found?.message;

      const { id_message: id_reply } = found.message;
      const reply = { conversation, id_reply };
      const local = generations.find(id_reply);
      if (local) local.stop('cancelled');
      else await store.requestCancel({ ...reply, run: found.run });
      const limit = timeout(CANCEL_MS);
      try {
        for await (const { end } of generations.follow(reply)(limit.signal))
          if (end) return end === 'deleted' ? undefined : end;
      } finally {
        limit.clear();
      }
      return messages.get(conversation, id_reply);
    },

    async close(withinMs) {
      closing.abort();
      const limit = timeout(withinMs);
      limit.signal.addEventListener('abort', () => {
        for (const { stop } of generations.all()) stop('interrupted');
      });
      await Promise.all(generations.all().map(({ done }) => done));
      limit.clear();
    },
  };
}
