import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const regenerateReply: Handler<'regenerateReply'> = async (
  { conversation, path, wantsEvents, signal },
  { turns },
) => {
  const reply = await turns.regenerate(conversation, path.id_message, { isStreamed: wantsEvents });
  if (!reply) throw new Problem('message-not-found');
  const { quotas } = reply;
  if (wantsEvents) return { status: 200, events: reply.events(signal()), quotas };
  const { hasEnded, exchange } = await reply.exchange(signal());
  return hasEnded ? { status: 200, body: exchange, quotas } : { status: 202, body: exchange, quotas };
};
