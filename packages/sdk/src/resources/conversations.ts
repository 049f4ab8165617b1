import type { Call, PageCall } from '../http/call.ts';
import type { Body, OperationCaller, Query } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';
import type { Conversation, ConversationPage } from '../schemas.ts';

/** Creates the methods for conversations. */
export function conversationsResource(request: OperationCaller) {
  return {
    /**
     * Lists conversations, most recently updated first. Awaited, it returns one page, which has a `next_cursor` if there are more.
     * In a loop, it iterates over all of them; none is repeated, and none is skipped unless it moves to the top meanwhile.
     *
     * @example
     * const { conversations } = await client.conversations.list({ limit: 20 });
     * for await (const conversation of client.conversations.list()) console.log(conversation.title);
     */
    list: (query: Query<'listConversations'> = {}, options?: CallOptions): PageCall<ConversationPage, Conversation> =>
      request('listConversations', { ...options, query }),

    /**
     * Creates a conversation. Without a title, the first message provides one.
     *
     * @example
     * const { id_conversation } = await client.conversations.create();
     * await client.messages.send({ content: 'Hello!' }, { id_conversation });
     */
    create: (body: Body<'createConversation'> = {}, options?: CallOptions): Call<Conversation> =>
      request('createConversation', { ...options, body }),

    /** Returns a conversation, without its messages. */
    get: (id: string, options?: CallOptions): Call<Conversation> =>
      request('getConversation', { ...options, path: { id_conversation: id } }),

    /**
     * Changes the title of a conversation.
     *
     * @example
     * await client.conversations.rename(id_conversation, 'Weather in Lisbon');
     */
    rename: (id: string, title: string, options?: CallOptions): Call<Conversation> =>
      request('updateConversation', { ...options, path: { id_conversation: id }, body: { title } }),

    /** Permanently deletes a conversation and its messages. */
    delete: (id: string, options?: CallOptions) =>
      request('deleteConversation', { ...options, path: { id_conversation: id } }),
  };
}

/** Methods for conversations other than the default one. */
export interface Conversations extends ReturnType<typeof conversationsResource> {}
