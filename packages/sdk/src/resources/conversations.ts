import type { Call, PageCall } from '../http/call.ts';
import type { Body, OperationCaller, Query } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';
import type { Conversation, ConversationPage } from '../schemas.ts';

/** Threads of messages beside the default one. */
export function conversationsResource(request: OperationCaller) {
  return {
    /**
     * A page of conversations, newest first; `next_cursor` is there while older ones are left. As a loop, all of them.
     *
     * @example
     * const { conversations } = await client.conversations.list({ limit: 20 });
     * for await (const conversation of client.conversations.list()) console.log(conversation.title);
     */
    list: (query: Query<'listConversations'> = {}, options?: CallOptions): PageCall<ConversationPage, Conversation> =>
      request('listConversations', { ...options, query }),

    /**
     * Begins a conversation; without a title it is given one by its first message.
     *
     * @example
     * const { id_conversation } = await client.conversations.create();
     * await client.messages.send({ content: 'Hello!' }, { id_conversation });
     */
    create: (body: Body<'createConversation'> = {}, options?: CallOptions): Call<Conversation> =>
      request('createConversation', { ...options, body }),

    /** One conversation, without its messages. */
    get: (id: string, options?: CallOptions): Call<Conversation> =>
      request('getConversation', { ...options, path: { id_conversation: id } }),

    /**
     * Gives a conversation another title.
     *
     * @example
     * await client.conversations.rename(id_conversation, 'Weather in Lisbon');
     */
    rename: (id: string, title: string, options?: CallOptions): Call<Conversation> =>
      request('updateConversation', { ...options, path: { id_conversation: id }, body: { title } }),

    /** Deletes a conversation with all its messages for good. */
    delete: (id: string, options?: CallOptions) =>
      request('deleteConversation', { ...options, path: { id_conversation: id } }),
  };
}

/** Threads of messages beside the default one. */
export interface Conversations extends ReturnType<typeof conversationsResource> {}
