import { Problem } from '@async-chatbot/shared/problem';
import type { Exchange, Message } from '../schemas.ts';
import type { Generation } from './generation.ts';
import { pause } from './pause.ts';

/** How long a JSON response waits for its reply. */
const JSON_MS = 50_000;

/** Both messages once the reply has ended, or as they stand if it takes longer than a proxy waits. */
export async function exchangeOf(
  user_message: Message,
  reply: Message,
  { done, pieces, problem }: Generation,
): Promise<{ hasEnded: boolean; exchange: Exchange }> {
  const late = new AbortController();
  const end = await Promise.race([done, pause(JSON_MS, late.signal).catch(() => undefined)]);
  late.abort();
  if (end === 'deleted') throw new Problem('message-not-found');
  const content = pieces.join('');
  const status = content ? ('streaming' as const) : ('pending' as const);
  if (!end) return { hasEnded: false, exchange: { user_message, bot_response: { ...reply, content, status } } };
  if (end.status !== 'completed' && end.status !== 'cancelled') throw new Problem(problem);
  return { hasEnded: true, exchange: { user_message, bot_response: end } };
}
