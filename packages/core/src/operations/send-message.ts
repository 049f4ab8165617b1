import type { Handler } from '../operation.ts';

export const sendMessage: Handler<'sendMessage'> = async (
  { conversation, body, key, wantsEvents, signal },
  { turns },
) => {
  const reply = await turns.send(conversation, { content: body.content, key, isStreamed: wantsEvents });
  const { quotas } = reply;
  if (wantsEvents) return { status: 201, events: reply.events(signal()), quotas };
  const { hasEnded, exchange } = await reply.exchange(signal());
  return hasEnded ? { status: 201, body: exchange, quotas } : { status: 202, body: exchange, quotas };
};
