import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../call.ts';
import { exchangeOf } from '../exchange.ts';
import { replyEvents } from '../reply-events.ts';

export const regenerateReply: Operation<'regenerateReply'> = async ({ thread, path, wantsEvents }, { turns }) => {
  const opened = turns.regenerate(thread, path.id_message);
  if (!opened) throw new Problem('message-not-found');
  const { message, reply, generation } = opened;
  if (wantsEvents) return { status: 200, events: replyEvents(generation, { reply }) };
  const { hasEnded, exchange } = await exchangeOf(message, reply, generation);
  return hasEnded ? { status: 200, body: exchange } : { status: 202, body: exchange };
};

export const cancelReply: Operation<'cancelReply'> = async ({ thread, path }, { turns }) => {
  const reply = await turns.cancel(thread, path.id_message);
  if (!reply) throw new Problem('message-not-found');
  return { status: 200, body: reply };
};

export const resumeReply: Operation<'resumeReply'> = ({ thread, path, after }, { turns }) => {
  const opened = turns.find(thread, path.id_message);
  if (!opened) throw new Problem('message-not-found');
  const { reply, generation } = opened;
  return { status: 200, events: replyEvents(generation, { reply, after }) };
};

export const rateReply: Operation<'rateReply'> = ({ thread, path, body }, { messages }) => {
  const message = messages.get(thread, path.id_message);
  const reply = message?.is_bot ? message.id_message : message?.id_reply;
  const rated = reply && messages.change(thread, reply, { feedback: body });
  if (!rated) throw new Problem('message-not-found');
  return { status: 200, body: rated };
};
