import type { Body, OperationCaller, Path, Query } from '../operation.ts';
import type { CallOptions } from '../options.ts';

/** What the caller said and what the bot answered. */
export function messagesResource(request: OperationCaller) {
  return {
    /**
     * A page of messages, newest first; `next_cursor` is there while older ones are left.
     *
     * @example
     * const { messages, next_cursor } = await client.messages.list({ limit: 20 });
     */
    list: (query: Query<'listMessages'> = {}, options?: CallOptions) => request('listMessages', { ...options, query }),

    /**
     * Sends a message and waits for the bot's answer.
     *
     * @example
     * const { bot_response } = await client.messages.send({ content: 'Hello!' });
     */
    send: (body: Body<'sendMessage'>, options?: CallOptions) => request('sendMessage', { ...options, body }),

    /**
     * Replaces the text of a message of yours.
     *
     * @example
     * await client.messages.edit(message.id_message, { content: 'Hello again!' });
     */
    edit: (id: Path<'editMessage'>['id_message'], body: Body<'editMessage'>, options?: CallOptions) =>
      request('editMessage', { ...options, path: { id_message: id }, body }),

    /**
     * Deletes a message for good, and the bot's answer to it.
     *
     * @example
     * await client.messages.delete(message.id_message);
     */
    delete: (id: Path<'deleteMessage'>['id_message'], options?: CallOptions) =>
      request('deleteMessage', { ...options, path: { id_message: id } }),
  };
}
