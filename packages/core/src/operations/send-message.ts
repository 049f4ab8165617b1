import type { Operation } from '../operation.ts';

export const sendMessage: Operation<'sendMessage'> = async ({ thread, body, key, wantsEvents }, { turns }) => {
  const reply = await turns.send(thread, { content: body.content, key, isStreamed: wantsEvents });
  const { left } = reply;
  if (wantsEvents) return { status: 201, events: reply.events(), left };
  const { hasEnded, exchange } = await reply.exchange();
  return hasEnded ? { status: 201, body: exchange, left } : { status: 202, body: exchange, left };
};
