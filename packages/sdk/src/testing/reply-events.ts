import { Problem } from '@async-chatbot/shared/problem';
import type { Message, Schemas } from '../schemas.ts';
import type { End, Generation } from './generation.ts';

/** An event with what the stream says about it. */
export interface Told {
  id?: string;
  /** After how many milliseconds a stream that ends here is to be followed. */
  retryMs?: number;
  event: Exclude<Schemas['ReplyEvent'], Schemas['ReplyFailed']> | Failed;
}

/** As `ReplyFailed`, before it is known which request is told. */
interface Failed extends Omit<Schemas['ReplyFailed'], 'problem'> {
  problem: Problem;
}

const RETRY_MS = 100;

const ENDS = {
  completed: 'reply-completed',
  cancelled: 'reply-cancelled',
  interrupted: 'reply-interrupted',
} as const;

/** From where a reply is told, and how. */
export interface Telling {
  /** The message that a stream begins with, where it tells that too. */
  created?: Message | undefined;
  /** The reply as it was found, or begun. */
  reply: Message;
  /** The last event that is known already. */
  after?: string | undefined;
}

/** The events of a reply; an id is the run and how many characters of it were told, as the server has it. */
export async function* replyEvents(
  generation: Generation,
  { created, reply, after }: Telling,
): AsyncGenerator<Told, void> {
  const { run, pieces } = generation;
  if (created) yield { event: { type: 'message-created', user_message: created } };
  const [afterRun, afterPlace = 0] = after?.split('-').map(Number) ?? [];
  let place = afterRun === run ? afterPlace : 0;
  if (afterRun !== run) {
    const bot_response = { ...reply, content: '', status: 'pending' as const };
    yield { id: `${run}-0`, event: { type: 'reply-started', bot_response } };
  }

  let told = 0;
  let length = 0;
  for (let index = 0; ; index += 1) {
    const broken = generation.takeBreak(told);
    if (broken === 'cut') throw new TypeError('terminated');
    if (broken) return yield { retryMs: RETRY_MS, event: { type: 'stream-paused', id_message: reply.id_message } };
    while (index >= pieces.length && !generation.end) await generation.news;
    const piece = pieces[index];
    if (piece === undefined) break;
    const delta = piece.slice(Math.max(place - length, 0));
    length += piece.length;
    if (delta === '') continue;
    told += 1;
    place += delta.length;
    yield { id: `${run}-${place}`, event: { type: 'reply-delta', delta } };
  }
  yield { id: `${run}-${place}`, event: endOf(await generation.done, reply, generation) };
}

function endOf(end: End, reply: Message, { pieces, problem }: Generation): Told['event'] {
  // It was deleted while it was told.
  const bot_response = end === 'deleted' ? { ...reply, content: pieces.join(''), status: 'cancelled' as const } : end;
  const { status } = bot_response;
  if (status === 'failed') return { type: 'reply-failed', bot_response, problem: new Problem(problem) };
  // The cast: nothing else is an end.
  return { type: ENDS[status as keyof typeof ENDS], bot_response };
}
