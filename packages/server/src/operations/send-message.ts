import type { Operation } from '../operation.ts';

export const sendMessage: Operation<'sendMessage'> = async ({ thread, body, key, wantsEvents }, { turns }) => {
  const reply = await turns.send(thread, { content: body.content, key });
  const { left } = reply;
  if (wantsEvents) return { status: 201, events: reply.events(), left };
  return { status: 201, body: await reply.exchange(), left };
};
