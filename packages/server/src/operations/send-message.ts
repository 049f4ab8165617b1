import type { Operation } from '../operation.ts';

export const sendMessage: Operation<'sendMessage'> = async ({ user, body }, { messages, bot, now, newId }) => {
  const id_user = user.id;
  const id_message = newId();
  const id_reply = newId();

  const user_message = {
    id_message,
    id_user,
    content: body.content,
    timestamp: now().toISOString(),
    is_bot: false,
    id_reply,
  };
  await messages.put(user_message);

  const content = await bot.reply(body.content);
  const bot_response = {
    id_message: id_reply,
    id_user,
    content,
    timestamp: now().toISOString(),
    is_bot: true,
    reply_to: id_message,
  };
  await messages.put(bot_response);

  return { status: 201, body: { user_message, bot_response } };
};
