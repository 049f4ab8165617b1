import { Problem } from '@async-chatbot/shared/problem';
import type { Message } from '../ports/message.ts';
import { abandonable } from './abandonable.ts';
import type { Progress, Watch } from './reply-feed.ts';
import type { Told } from './turns.ts';

export interface Pause {
  /** A stream ends after this long, whatever is left to tell: proxies cut what takes longer than they like. */
  afterMs: number;
  /** Aborted when the server ends. */
  closing: AbortSignal;
}

/** How soon to follow a stream that was paused. */
const RETRY_MS = 100;

const ENDS = {
  completed: 'reply-completed',
  cancelled: 'reply-cancelled',
  interrupted: 'reply-interrupted',
} as const;

/**
 * The events of a reply. An event's id is the run and how many characters of it were told, so that any server goes on
 * behind any event without having seen the stream.
 */
export function eventsOf(
  watch: Watch,
  { created, reply, after }: { created?: Message | undefined; reply: Message; after?: string | undefined },
  { afterMs, closing }: Pause,
): AsyncIterable<Told> {
  return abandonable(async function* events(abandoned) {
    if (created) yield { event: { type: 'message-created', user_message: created } };
    const [afterRun, afterPlace = 0] = after?.split('-').map(Number) ?? [];
    let run = afterRun;
    let place = afterPlace;
    const paused = AbortSignal.any([abandoned, closing, AbortSignal.timeout(afterMs)]);

    for await (const progress of until(paused, watch())) {
      if (progress.run !== run) {
        run = progress.run;
        place = 0;
        const bot_response = { ...reply, content: '', status: 'pending' as const };
        yield { id: `${run}-0`, event: { type: 'reply-started', bot_response } };
      }
      // Whoever saw the stream of the server that writes it may be ahead of what is kept.
      const delta = progress.text.slice(place);
      place += delta.length;
      const id = `${run}-${place}`;
      if (delta) yield { id, event: { type: 'reply-delta', delta } };
      if (progress.end) return yield { id, event: endOf(progress.end, reply, progress) };
    }
    if (!abandoned.aborted) yield { retryMs: RETRY_MS, event: { type: 'stream-paused', id_message: reply.id_message } };
  });
}

function endOf(end: NonNullable<Progress['end']>, reply: Message, { text, problem }: Progress): Told['event'] {
  // It was deleted while it was told.
  const bot_response = end === 'deleted' ? { ...reply, content: text, status: 'cancelled' as const } : end;
  const { status } = bot_response;
  if (status === 'failed')
    return { type: 'reply-failed', bot_response, problem: problem ?? new Problem('bot-unavailable') };
  // The cast: nothing else is an end.
  return { type: ENDS[status as keyof typeof ENDS], bot_response };
}

/** What an iterable gives until the signal is aborted. */
export async function* until<Item>(signal: AbortSignal, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const result = await Promise.race([aborted, iterator.next()]);
    // What is asked for already is not waited for.
    if (!result) return void iterator.return?.();
    if (result.done) return;
    yield result.value;
  }
}
