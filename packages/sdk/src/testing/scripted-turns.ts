import type { FollowedReply } from '@async-chatbot/core/turns/pending-reply';
import { pausedEvent, type StreamEvent } from '@async-chatbot/core/turns/reply-events';
import type { Turns } from '@async-chatbot/core/turns/turns';
import type { RunningScript } from './scripted-bot.ts';

/** Wraps turns so that their streams emit each delta of a script as one event and break where the script says. */
export function scriptedTurns(turns: Turns, scriptOf: (id_reply: string) => RunningScript | undefined): Turns {
  function scripted<Reply extends FollowedReply | undefined>(reply: Reply, id_reply = ''): Reply {
    return reply && { ...reply, events: (signal, after) => applyScript(reply.events(signal, after), id_reply, after) };
  }

  async function* applyScript(
    events: AsyncIterable<StreamEvent>,
    id_reply: string,
    after?: string,
  ): AsyncGenerator<StreamEvent, void> {
    let [, position = 0] = after?.split('-').map(Number) ?? [];
    let emitted = 0;
    for await (const next of events) {
      if (next.event.type === 'reply-started') position = 0;
      for (const part of partsOf(next, position, scriptOf(id_reply)?.deltas ?? [])) {
        const { type } = part.event;
        const isBreakable = type !== 'message-created' && type !== 'reply-started';
        const broken = isBreakable ? scriptOf(id_reply)?.takeBreak(emitted) : undefined;
        if (broken === 'cut') throw new TypeError('terminated');
        if (broken) return yield pausedEvent(id_reply);
        yield part;
        if (part.event.type !== 'reply-delta') continue;
        emitted += 1;
        position += part.event.delta.length;
      }
    }
  }

  return {
    ...turns,
    async send(...args) {
      const sent = await turns.send(...args);
      return scripted(sent, sent.user_message.id_reply);
    },
    async regenerate(...args) {
      const regenerated = await turns.regenerate(...args);
      return scripted(regenerated, regenerated?.user_message.id_reply);
    },
    async find(...args) {
      const found = await turns.find(...args);
      return scripted(found, found?.id_reply);
    },
  };
}

/** Splits deltas that arrived together into those of the script. `position` is where they begin in the text. */
function partsOf(next: StreamEvent, position: number, deltas: readonly string[]): StreamEvent[] {
  if (next.event.type !== 'reply-delta') return [next];
  const { delta } = next.event;
  const [run] = next.id?.split('-') ?? [];
  let end = 0;
  const ends = deltas.map((each) => (end += each.length)).filter((each) => each > position);
  let start = position;
  return [...ends.filter((each) => each < position + delta.length), position + delta.length].map((until) => {
    const part = delta.slice(start - position, until - position);
    start = until;
    return { id: `${run}-${until}`, event: { type: 'reply-delta', delta: part } };
  });
}
