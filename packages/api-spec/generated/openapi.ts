// Generated from openapi.yaml by `pnpm generate`. Do not edit.
export interface paths {
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * Returns a page of the conversations that the user created, most recently updated first: a message or a new title moves a
         *     conversation to the top. If there are more, the page has a `next_cursor`. The default conversation, which contains every
         *     message sent without an `id_conversation`, is not listed.
         *
         *     While you page, no conversation is listed twice, and no unchanged conversation is skipped. One that moves to the top may
         *     be missing from the remaining pages.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Create a conversation
         * Creates an empty conversation. Without a title, the start of its first message becomes the title. Pass its
         *     `id_conversation` to send messages in it; messages sent without one belong to the default conversation, which always
         *     exists.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id_conversation}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The conversation's id.
                 * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
                 */
                id_conversation: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /**
         * Get a conversation
         * Returns a conversation without its messages. `GET /messages` lists those.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * Permanently deletes a conversation and all its messages, and stops any reply that is still being generated in it.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        /**
         * Rename a conversation
         * Replaces the title of a conversation.
         */
        patch: operations["updateConversation"];
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check liveness
         * Responds without calling any other system. Use it as a container's liveness probe.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         * Returns a page of the messages of one conversation, both the user's and the bot's, newest first by default. If there are
         *     more, the page has a `next_cursor`: pass it as `cursor` to get the next page. A message is listed as soon as its
         *     creation has been acknowledged.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message
         * Stores the message, generates the bot's reply, stores it too, and returns both.
         *
         *     If the reply takes longer than 50 seconds, the response is 202 with both messages in their current state, before a proxy
         *     times out. Follow the reply with `GET /messages/{id_message}/events`; the SDK's `send()` does this automatically.
         *
         *     **Retries.** A request with an `Idempotency-Key` can be retried for 24 hours, whatever its outcome: the message is
         *     stored once. A retry returns the same pair, and regenerates the reply only if it failed or was interrupted.
         *
         *     **Streaming.** With `Accept: text/event-stream`, the same request returns
         *     [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html) while the bot generates the reply.
         *     `curl -N` prints them as they arrive; `cookies.txt` is from a login. The built-in bot emits one delta per word; here
         *     they are joined:
         *
         *     ```console
         *     $ curl -sN http://localhost:8000/messages -b cookies.txt -H 'Accept: text/event-stream' \
         *         -H 'Content-Type: application/json' -d '{"content":"Tell me a joke"}'
         *     event: message-created
         *     data: {"type":"message-created","user_message":{"id_message":"01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b","id_user":"5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21","timestamp":"2026-11-22T07:33:21.025Z","version":1,"content":"Tell me a joke","is_bot":false,"id_reply":"01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"}}
         *
         *     id: 1-0
         *     event: reply-started
         *     data: {"type":"reply-started","bot_response":{"id_message":"01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1","id_user":"5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21","timestamp":"2026-11-22T07:33:21.025Z","version":1,"content":"","is_bot":true,"status":"pending","reply_to":"01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"}}
         *
         *     id: 1-80
         *     event: reply-delta
         *     data: {"type":"reply-delta","delta":"Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25."}
         *
         *     id: 1-end
         *     event: reply-completed
         *     data: {"type":"reply-completed","bot_response":{"id_message":"01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1","id_user":"5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21","timestamp":"2026-11-22T07:33:21.025Z","version":2,"content":"Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.","is_bot":true,"status":"completed","finish_reason":"stop","reply_to":"01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"}}
         *
         *     ```
         *
         *     - `data` is one line of JSON, a `ReplyEvent`; `event` repeats its `type`. `id` is the position in the reply to resume
         *       from.
         *     - `message-created` comes first: the message is stored. Then come `reply-started`, any number of `reply-delta` events,
         *       which concatenated are the reply, and finally one of `reply-completed`, `reply-failed` (with the problem),
         *       `reply-cancelled` or `reply-interrupted`. After another `reply-started`, discard the deltas received so far.
         *     - `stream-paused` ends a stream after 95 seconds, or when the server shuts down. The generation continues: wait as many
         *       milliseconds as `retry` says, then call `GET /messages/{id_message}/events`.
         *     - While there are no events, a comment (a line that contains only `:`) is sent every 15 seconds to keep the connection
         *       alive.
         *     - A stream without any of these endings was cut off. Nothing is lost: the generation continues without a client, the
         *       reply is stored, and `GET /messages/{id_message}/events` streams the rest. To stop it, call
         *       `POST /messages/{id_message}/cancel` or delete the message.
         *     - A user can have three streams open per server. Swagger UI shows the events once the stream has ended.
         *
         *     The TypeScript client reconnects automatically:
         *
         *     ```ts
         *     import { createClient } from '@async-chatbot/sdk';
         *
         *     const client = createClient({ baseUrl: 'http://localhost:8000' });
         *     await client.users.login({ email: 'newuser@example.com', password: 'Password123' });
         *     const stream = client.messages.stream({ content: 'Tell me a joke' });
         *     for await (const event of stream) {
         *       if (event.type === 'reply-delta') process.stdout.write(event.delta);
         *     }
         *     const reply = await stream.finalMessage();
         *     ```
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id_message}": {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["parameters"]["MessageInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a message
         * Returns a message in its current state, for example a reply whose stream was cut off.
         */
        get: operations["getMessage"];
        /**
         * Edit a message
         * Replaces the text of a message that the user sent. The bot's messages cannot be edited. The reply stays as it is, unless
         *     `regenerate` is true: then the bot generates a new reply to the new text. Follow it with
         *     `GET /messages/{id_message}/events`.
         */
        put: operations["editMessage"];
        post?: never;
        /**
         * Delete a message
         * Permanently deletes a message. Deleting a user message also deletes its reply; if that is still being generated, the
         *     generation stops.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id_message}/cancel": {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a reply
         * Stops the generation of a reply, whichever server runs it, and stores the text generated so far. Open streams of the
         *     reply end with `reply-cancelled`. A reply that has already ended stays as it is. Returns the reply.
         */
        post: operations["cancelReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id_message}/events": {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        /**
         * Stream a reply
         * Streams a reply, whether in progress or finished, whichever server generates it. To resume a stream, pass the `id` of
         *     the last event received as `Last-Event-ID`. The stream continues after that event and repeats no text:
         *
         *     ```console
         *     $ curl -sN http://localhost:8000/messages/$id_message/events -b cookies.txt -H 'Last-Event-ID: 1-25'
         *     id: 1-80
         *     event: reply-delta
         *     data: {"type":"reply-delta","delta":" Halloween and Christmas? Because Oct 31 equals Dec 25."}
         *
         *     id: 1-end
         *     event: reply-completed
         *     data: {"type":"reply-completed","bot_response":{"id_message":"01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1","id_user":"5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21","timestamp":"2026-11-22T07:33:21.025Z","version":2,"content":"Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.","is_bot":true,"status":"completed","finish_reason":"stop","reply_to":"01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"}}
         *
         *     ```
         *
         *     Without `Last-Event-ID`, or if the reply has been regenerated since, the stream begins with `reply-started`. After a
         *     page reload, when no event id is at hand, the id of the message or of its reply is enough; `client` is the one from
         *     `POST /messages`:
         *
         *     ```ts
         *     const [newest] = (await client.messages.list({ limit: 1 })).messages;
         *     if (newest?.is_bot) console.log(await client.messages.resume(newest.id_message).text());
         *     ```
         *
         *     Events, pauses and comments are the same as for `POST /messages`, except that there is no `message-created`.
         *
         *     The last event of a reply has its own `id`. With it as `Last-Event-ID`, the response is 204, since there is nothing left
         *     to send, until the reply is regenerated. The browser's `EventSource` works without the TypeScript client: it resumes
         *     automatically, and the 204 stops it.
         */
        get: operations["resumeReply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id_message}/feedback": {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Rate a reply
         * Stores a thumbs up or down, with an optional note, on the bot's reply. A new rating replaces the previous one.
         */
        put: operations["rateReply"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id_message}/regenerate": {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Regenerate a reply
         * Generates a new reply that replaces the current one, whether that is completed, failed, cancelled, interrupted or
         *     deleted. Returns both messages; with `Accept: text/event-stream`, streams the reply as `POST /messages` does, beginning
         *     with `reply-started`.
         */
        post: operations["regenerateReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check readiness
         * Whether a load balancer should send requests to this server. The response is 503 until the server has reached everything it
         *     depends on for the first time, and from the start of a shutdown. A later outage does not change the 200, since it would take
         *     all servers out of service at once; `dependencies` shows it.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an email address
         * Confirms the address with the emailed code. The user can then log in. Anyone can register an address, so include the
         *     user's password: it replaces the password of someone else who registered the address first. If the server cannot replace
         *     it, the response is a 403 with `password-reset-required`, and the address is confirmed all the same.
         */
        post: operations["confirmUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/confirm/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend the confirmation code
         * Emails a new code to an address that awaits confirmation. The response is the same for every other address.
         */
        post: operations["resendConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * Checks the password and sets the session cookies. Tokens are only in HTTP-only cookies, never in a response body. A
         *     wrong password and an unknown address get the same response. The access cookie is valid for as long as the user pool
         *     defines, one hour by Cognito's default; `POST /users/refresh` renews it.
         */
        post: operations["loginUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * Clears the session cookies and revokes the refresh token. Within a second, every server rejects the access token. The
         *     response is the same if there is no session or the identity provider is down.
         */
        post: operations["logoutUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/logout/everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out of all sessions
         * Ends every session of the user on every device, including this one. Within a second, every server rejects their access
         *     tokens.
         */
        post: operations["logoutEverywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the current user
         * Returns the user's own id and email address.
         */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        /**
         * Delete the account
         * Permanently deletes the account and all messages of the user, and ends all sessions. The login must be less than five
         *     minutes old; otherwise the response is `recent-login-required`.
         */
        delete: operations["deleteCurrentUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all stored data
         * Streams everything that is stored about the user as newline-delimited JSON, one object per line: first the account, then
         *     each conversation followed by its messages, the default conversation last. Both are sorted newest first, and each is
         *     listed once, even if messages are sent during the export. The last line is `end`, with the number of conversations and
         *     messages in the export. An export without it is incomplete: if an export fails midway, the connection is cut, but some
         *     proxies end the response as if it were complete.
         */
        get: operations["exportData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the password
         * Sets a new password and ends every other session of the user. The current session continues with new cookies.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get today's usage
         * Returns how many messages and model tokens the user has used since midnight UTC, and how many remain. Quotas that the
         *     server does not set are absent.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a password reset code
         * Emails a code for `POST /users/password/reset` to the address of an account. The response is the same for every other
         *     address.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset a password
         * Sets a new password with the emailed code and ends every session of the account. Log in afterwards.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the session
         * Exchanges the refresh cookie for a new pair of cookies. The old refresh cookie remains valid for 30 seconds, so that a
         *     request whose response was lost can be retried. Using it later ends the session (`refresh-reused`), since it may have
         *     been stolen. After `session-expired` and `refresh-reused`, the cookies are cleared and the user must log in again.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * Creates an account with an email address and a password. With open registration, the response is 201 and the user can
         *     log in immediately. If addresses must be confirmed, a code for `POST /users/confirm` is emailed, and the response is
         *     202, even for an address that is already in use.
         */
        post: operations["registerUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** The account is deleted. */
        AccountDeleted: {
            /**
             * Human-readable confirmation.
             * @example Account deleted
             */
            message: "Account deleted";
        };
        /** The request was accepted. If an email is due, it has been sent. */
        CheckEmail: {
            /**
             * Human-readable confirmation.
             * @example Check your e-mail
             */
            message: "Check your e-mail";
        };
        /** An email address, the code that confirms it, and the user's password. */
        Confirmation: {
            code: components["schemas"]["ConfirmationCode"];
            email: components["schemas"]["Email"];
            password?: components["schemas"]["NewPassword"];
        };
        /**
         * The emailed code.
         * @example 123456
         */
        ConfirmationCode: string;
        /** The address is confirmed. */
        Confirmed: {
            /**
             * Human-readable confirmation.
             * @example E-mail address confirmed
             */
            message: "E-mail address confirmed";
        };
        /**
         * The text of a message, 1 to 8000 code points, at least one of which is visible. Stored unchanged, including spaces.
         * @example Hello, chatbot!
         */
        Content: string;
        /** A thread of messages. */
        Conversation: {
            /** When the conversation was created. */
            created_at: components["schemas"]["Timestamp"];
            /** The conversation's id. */
            id_conversation: components["schemas"]["ConversationId"];
            /** The title. Absent until one is set or the first message is sent. */
            title?: components["schemas"]["Title"];
            /** When a message was last sent in it or its title last changed. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /** The changes to a conversation. */
        ConversationChange: {
            title: components["schemas"]["Title"];
        };
        /**
         * A position in a list of conversations. Opaque: pass it back unchanged.
         * @example AaICLIIBAZNafP_uexyPCjwtHg-aig
         */
        ConversationCursor: string;
        /** A conversation to create. */
        ConversationDraft: {
            title?: components["schemas"]["Title"];
        };
        /**
         * Format: uuid
         * A conversation's id, a lowercase UUID of version 7 (RFC 9562). Later conversations have larger ids.
         * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
         */
        ConversationId: string;
        /** A page of conversations, most recently updated first. */
        ConversationPage: {
            /** The conversations, most recently updated first. */
            conversations: components["schemas"]["Conversation"][];
            /** The cursor of the next page. Absent on the last page. */
            next_cursor?: components["schemas"]["ConversationCursor"];
        };
        /** Email address and password. */
        Credentials: {
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
        };
        /**
         * A position in a list of messages. Opaque: pass it back unchanged.
         * @example AZNafQwBfFWaAmsfDp2Mew
         */
        Cursor: string;
        /** The conversation is deleted. */
        DeletedConversation: {
            /** The conversation's id. */
            id_conversation: components["schemas"]["ConversationId"];
            /**
             * Always `deleted`.
             * @example deleted
             */
            status: "deleted";
        };
        /** The message is deleted. */
        DeletedMessage: {
            id_message: components["schemas"]["MessageId"];
            /**
             * Always `deleted`.
             * @example deleted
             */
            status: "deleted";
        };
        /** A system that the server depends on. */
        Dependency: {
            /**
             * Format: int32
             * How many seconds ago it was checked.
             * @example 12
             */
            age_seconds: number;
            /**
             * Its name.
             * @example table
             */
            name: string;
            /**
             * The result of the last check.
             * @example OK
             */
            status: "OK" | "FAILED";
        };
        /**
         * Format: email
         * An email address (RFC 5321 length).
         * @example newuser@example.com
         */
        Email: string;
        /** Email address of an account. */
        EmailOnly: {
            email: components["schemas"]["Email"];
        };
        /**
         * A position in a reply. Opaque: pass it back unchanged.
         * @example 1-25
         */
        EventId: string;
        /** A user message and the bot's reply. */
        Exchange: {
            bot_response: components["schemas"]["Message"];
            user_message: components["schemas"]["Message"];
        };
        /** A conversation. */
        ExportedConversation: {
            conversation: components["schemas"]["Conversation"];
        };
        /** The end of the export. An export without it is incomplete. */
        ExportedEnd: {
            end: components["schemas"]["ExportTotals"];
        };
        /** A line of an export. Its only property says what it contains. */
        ExportedItem: components["schemas"]["ExportedUser"] | components["schemas"]["ExportedConversation"] | components["schemas"]["ExportedMessage"] | components["schemas"]["ExportedEnd"];
        /** A message. */
        ExportedMessage: {
            message: components["schemas"]["Message"];
        };
        /** The account. */
        ExportedUser: {
            user: components["schemas"]["User"];
        };
        /** The number of conversations and messages in the export. The default conversation is not counted. */
        ExportTotals: {
            /**
             * Format: int32
             * @example 1
             */
            conversations: number;
            /**
             * Format: int32
             * @example 1
             */
            messages: number;
        };
        /** A validation error. Either `pointer` or `parameter` says where it is. */
        Fault: {
            /**
             * The JSON Schema keyword of the violated rule.
             * @example minLength
             */
            code: string;
            /**
             * The violated rule, in human-readable form.
             * @example must be at least 1 character
             */
            message: string;
            /**
             * The name of the path, query or header parameter.
             * @example limit
             */
            parameter?: string;
            /**
             * Format: json-pointer
             * The location in the body, as a JSON Pointer (RFC 6901). Empty for the body as a whole.
             * @example /content
             */
            pointer?: string;
        };
        /** The user's rating of a reply. */
        Feedback: {
            /**
             * The reason for the rating, 1 to 1000 code points.
             * @example Just what I needed.
             */
            note?: string;
            /**
             * Thumbs up or down.
             * @example up
             */
            rating: "up" | "down";
        };
        /**
         * Why the bot stopped: `stop` (the reply is complete), `length` (it reached the maximum length and is truncated),
         *     `content-filter` (the model provider withheld all or part of it) or `other`. With `length` and `content-filter`, the
         *     text may be empty.
         * @example stop
         */
        FinishReason: "stop" | "length" | "content-filter" | "other";
        /** The process is alive. */
        Health: {
            /**
             * Always `OK`.
             * @example OK
             */
            status: "OK";
        };
        /** The user is logged in. */
        LoggedIn: {
            /**
             * Human-readable confirmation.
             * @example Login successful
             */
            message: "Login successful";
        };
        /** The user is logged out. */
        LoggedOut: {
            /**
             * Human-readable confirmation.
             * @example Logout successful
             */
            message: "Logout successful";
        };
        /** A message of the user or a reply of the bot. */
        Message: {
            /**
             * The text. For a reply in progress, the text generated so far, which may be empty.
             * @example Hello, chatbot!
             */
            content: string;
            /** When the text was last edited. Absent if it never was. */
            edited_at?: components["schemas"]["Timestamp"];
            /** The user's rating of a reply. */
            feedback?: components["schemas"]["Feedback"];
            /** Why the bot stopped. Only on completed replies. */
            finish_reason?: components["schemas"]["FinishReason"];
            /** The conversation. Absent in the default conversation. */
            id_conversation?: components["schemas"]["ConversationId"];
            id_message: components["schemas"]["MessageId"];
            /** The id of the reply to a user message. */
            id_reply?: components["schemas"]["MessageId"];
            /** The user whose conversation the message is in, even if the bot wrote it. */
            id_user: components["schemas"]["UserId"];
            /**
             * Whether the bot wrote it.
             * @example false
             */
            is_bot: boolean;
            /** The id of the user message that a reply belongs to. */
            reply_to?: components["schemas"]["MessageId"];
            /** The status of a reply. */
            status?: components["schemas"]["ReplyStatus"];
            /** When the message was sent. For a reply, when its generation was requested. */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * Increases with every change of the message.
             * @example 1
             */
            version: number;
        };
        /** The user message is stored. */
        MessageCreated: {
            /**
             * The type of the event.
             */
            type: "message-created";
            user_message: components["schemas"]["Message"];
        };
        /** A message to send. */
        MessageDraft: {
            content: components["schemas"]["Content"];
        };
        /** The new text of a message. */
        MessageEdit: {
            content: components["schemas"]["Content"];
            /**
             * Whether to regenerate the reply. Defaults to false.
             * @example true
             */
            regenerate?: boolean;
        };
        /**
         * Format: uuid
         * A message's id, a lowercase UUID of version 7 (RFC 9562). Later messages have larger ids.
         * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
         */
        MessageId: string;
        /** A page of messages, in the requested order. */
        MessagePage: {
            /** The messages, newest first by default. */
            messages: components["schemas"]["Message"][];
            /** The cursor of the next page. Absent on the last page. */
            next_cursor?: components["schemas"]["Cursor"];
        };
        /**
         * Format: password
         * At least eight characters, including a digit. No leading or trailing spaces, no line breaks.
         * @example Password123
         */
        NewPassword: string;
        /** Email address and password of a new account. */
        NewUser: {
            email: components["schemas"]["Email"];
            password: components["schemas"]["NewPassword"];
        };
        /**
         * Format: password
         * The account's password.
         * @example Password123
         */
        Password: string;
        /** The current and the new password. */
        PasswordChange: {
            current_password: components["schemas"]["Password"];
            new_password: components["schemas"]["NewPassword"];
        };
        /** The password has been changed. */
        PasswordChanged: {
            /**
             * Human-readable confirmation.
             * @example Password changed
             */
            message: "Password changed";
        };
        /** The emailed code and the new password. */
        PasswordReset: {
            code: components["schemas"]["ConfirmationCode"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["NewPassword"];
        };
        /** An error (RFC 9457). */
        Problem: {
            code: components["schemas"]["ProblemCode"];
            /**
             * Human-readable; what went wrong this time and what to do.
             * @example You have no message with this id in this conversation. Check id_message and id_conversation; it may have been deleted.
             */
            detail: string;
            /** The validation errors of an invalid request. */
            errors?: components["schemas"]["Fault"][];
            /**
             * Format: uri-reference
             * A URN with the id of the request.
             * @example urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
             */
            instance: string;
            /**
             * Format: uuid
             * The `X-Request-Id` of this response.
             * @example 0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
             */
            request_id: string;
            /**
             * Format: int32
             * The HTTP status.
             * @example 404
             */
            status: number;
            /**
             * A short summary of the problem, the same for every occurrence of its `code`.
             * @example Message not found
             */
            title: string;
            /**
             * Format: uri-reference
             * The page that explains the problem. Append it to the base URL of the API, including its path, if any.
             * @example /problems#message-not-found
             */
            type: string;
        };
        /**
         * A stable identifier of the problem, explained on the page that `type` links to. Later versions may add codes; treat an
         *     unknown one by its `status`.
         * @example message-not-found
         */
        ProblemCode: "ambiguous-credentials" | "body-too-large" | "bot-message-not-editable" | "bot-misconfigured" | "bot-unavailable" | "challenge-required" | "code-invalid" | "conversation-not-found" | "cross-site-request" | "email-not-confirmed" | "email-taken" | "headers-too-large" | "http-version-not-supported" | "idempotency-key-reused" | "internal-error" | "invalid-credentials" | "malformed-request" | "message-changed" | "message-not-found" | "message-too-long" | "method-not-allowed" | "not-found" | "not-ready" | "password-reset-required" | "quota-exceeded" | "recent-login-required" | "refresh-reused" | "rejected-by-policy" | "reply-in-progress" | "request-timeout" | "service-unavailable" | "session-expired" | "too-many-replies" | "too-many-requests" | "too-many-streams" | "unauthenticated" | "unsupported-media-type" | "validation-failed" | "wrong-password";
        /** A daily quota. */
        Quota: {
            /**
             * Format: int32
             * Remaining today.
             * @example 488
             */
            left: number;
            /**
             * Format: int32
             * The quota per day.
             * @example 500
             */
            limit: number;
            /**
             * Format: int32
             * Used today.
             * @example 12
             */
            used: number;
        };
        /** The server takes requests. */
        Readiness: {
            /** What the server depends on, as last checked. */
            dependencies: components["schemas"]["Dependency"][];
            /**
             * Always `READY`.
             * @example READY
             */
            status: "READY";
        };
        /** The account has been created. */
        Registered: {
            /**
             * Human-readable confirmation.
             * @example User created successfully
             */
            message: "User created successfully";
        };
        /** The user cancelled the reply (the text generated so far is stored) or deleted the message. */
        ReplyCancelled: {
            bot_response: components["schemas"]["Message"];
            /**
             * The type of the event.
             */
            type: "reply-cancelled";
        };
        /** The reply is complete. */
        ReplyCompleted: {
            bot_response: components["schemas"]["Message"];
            /**
             * The type of the event.
             */
            type: "reply-completed";
        };
        /** A fragment of the reply. All deltas concatenated are its text. */
        ReplyDelta: {
            /**
             * The text to append to the deltas received so far.
             * @example How can
             */
            delta: string;
            /**
             * The type of the event.
             */
            type: "reply-delta";
        };
        /**
         * A stream event of a reply, sent as the `data` of a server-sent event whose name is `type`. A stream consists of
         *     `message-created` (only for the client that sent the message), `reply-started`, any number of `reply-delta`, and one of
         *     `reply-completed`, `reply-failed`, `reply-cancelled` and `reply-interrupted`. It may end early with `stream-paused`, or
         *     be cut off: resume it with `GET /messages/{id_message}/events` and the `id` of the last event. While there are no
         *     events, a comment is sent every 15 seconds.
         */
        ReplyEvent: components["schemas"]["MessageCreated"] | components["schemas"]["ReplyStarted"] | components["schemas"]["ReplyDelta"] | components["schemas"]["ReplyCompleted"] | components["schemas"]["ReplyFailed"] | components["schemas"]["ReplyCancelled"] | components["schemas"]["ReplyInterrupted"] | components["schemas"]["StreamPaused"];
        /** The bot failed. The text generated so far is stored. */
        ReplyFailed: {
            bot_response: components["schemas"]["Message"];
            problem: components["schemas"]["Problem"];
            /**
             * The type of the event.
             */
            type: "reply-failed";
        };
        /** The server that generated the reply is gone. Call `POST /messages/{id_message}/regenerate` for a new reply. */
        ReplyInterrupted: {
            bot_response: components["schemas"]["Message"];
            /**
             * The type of the event.
             */
            type: "reply-interrupted";
        };
        /** A generation has started. Discard any deltas received so far. */
        ReplyStarted: {
            bot_response: components["schemas"]["Message"];
            /**
             * The type of the event.
             */
            type: "reply-started";
        };
        /**
         * The status of a reply: `pending` (no text yet), `streaming`, `completed`, `failed` (the bot failed), `cancelled` (by the
         *     user) or `interrupted` (the server that generated it is gone). A reply that has ended can be regenerated with
         *     `POST /messages/{id_message}/regenerate`.
         * @example completed
         */
        ReplyStatus: "pending" | "streaming" | "completed" | "failed" | "cancelled" | "interrupted";
        /** The session has been refreshed. */
        SessionRefreshed: {
            /**
             * Human-readable confirmation.
             * @example Session refreshed
             */
            message: "Session refreshed";
        };
        /**
         * The stream ends here, but the generation continues. Wait as many milliseconds as this event's `retry` says, then call
         *     `GET /messages/{id_message}/events` with the id of the last event.
         */
        StreamPaused: {
            /** The id of the reply to follow. */
            id_message: components["schemas"]["MessageId"];
            /**
             * The type of the event.
             */
            type: "stream-paused";
        };
        /**
         * Format: date-time
         * A UTC timestamp with milliseconds (RFC 3339).
         * @example 2026-11-22T07:33:21.025Z
         */
        Timestamp: string;
        /**
         * The title of a conversation, 1 to 200 code points.
         * @example Weather in Lisbon
         */
        Title: string;
        /** The user's usage of the daily quotas. */
        Usage: {
            /**
             * Format: date
             * The day in UTC (RFC 3339, full-date).
             * @example 2026-11-22
             */
            day: string;
            /** Messages that the bot was asked to reply to. Absent if the server sets no such quota. */
            messages?: components["schemas"]["Quota"];
            /** When the quotas reset. */
            resets_at: components["schemas"]["Timestamp"];
            /** Input and output tokens of the model. Absent if the server sets no such quota. */
            tokens?: components["schemas"]["Quota"];
        };
        /** A user. */
        User: {
            email: components["schemas"]["Email"];
            user_id: components["schemas"]["UserId"];
        };
        /**
         * A user's id, the `sub` of the access token.
         * @example 5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21
         */
        UserId: string;
        /**
         * A lowercase UUID of any version (RFC 9562).
         * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
         */
        Uuid: string;
    };
    responses: {
        /** The request is invalid, or the password violates the user pool's policy; `errors` lists each validation error. */
        AccountInvalid: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The identity provider's policy rejects the request (`rejected-by-policy`), or the request comes from an origin that is
         *     not allowed (`cross-site-request`).
         */
        AccountRefused: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The request has both a session cookie and a bearer token, or two access cookies. */
        AmbiguousCredentials: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The body is larger than 100 KB. */
        BodyTooLarge: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The model provider rejects every request of this server until an operator fixes the configuration, so retrying does not
         *     help. The message is stored, and its reply is `failed`.
         */
        BotMisconfigured: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The bot cannot reply (`bot-unavailable`): the message is stored, and a retry with the same `Idempotency-Key`, or
         *     `POST /messages/{id_message}/regenerate`, generates the reply again. Or a system that the server depends on is
         *     unavailable (`service-unavailable`).
         */
        BotUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The daily quota is exceeded (`quota-exceeded`), or too many of the user's replies are in progress (`too-many-replies`). The
         *     message is not edited.
         */
        CannotRegenerate: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The daily quota is exceeded (`quota-exceeded`), too many of the user's replies are in progress (`too-many-replies`), or the
         *     user already has three open streams on this server (`too-many-streams`).
         */
        CannotReply: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The code is wrong, expired or already used (`code-invalid`), or the body is not valid JSON or UTF-8
         *     (`malformed-request`).
         */
        CodeRefused: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The address is confirmed, but someone else registered it first with another password, which must be reset
         *     (`password-reset-required`). Or the identity provider's policy rejects the request (`rejected-by-policy`), or the request
         *     comes from an origin that is not allowed (`cross-site-request`).
         */
        ConfirmationRefused: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The user has no such conversation. */
        ConversationNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The request comes from an origin that is not allowed. */
        CrossSiteRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The message is the bot's and cannot be edited (`bot-message-not-editable`), or the bot is already replying in this
         *     conversation (`reply-in-progress`).
         */
        EditRefused: {
            headers: {
                "Retry-After": components["headers"]["RetryHint"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** An account with this address exists. */
        EmailTaken: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The server failed unexpectedly. */
        InternalError: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The email address or the password is wrong. */
        InvalidCredentials: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "WWW-Authenticate": components["headers"]["Authenticate"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The account cannot log in this way: its address is not confirmed (`email-not-confirmed`), its password must be reset
         *     (`password-reset-required`), or the identity provider requires another step (`challenge-required`). Or the identity
         *     provider's policy rejects the login (`rejected-by-policy`), or the request comes from an origin that is not allowed
         *     (`cross-site-request`).
         */
        LoginRefused: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The body is not valid JSON or not valid UTF-8. */
        MalformedBody: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The path cannot be decoded (`malformed-request`), or the request has both a session cookie and a bearer token
         *     (`ambiguous-credentials`).
         */
        MalformedPath: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The body is not valid JSON or UTF-8, or the path cannot be decoded (`malformed-request`); or the request has both a
         *     session cookie and a bearer token (`ambiguous-credentials`).
         */
        MalformedRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The message does not have the version that `If-Match` requires. Fetch it and retry with its current `ETag`. */
        MessageChanged: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The user has no such message. */
        MessageNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The server is starting, cannot reach a system that it depends on, or is shutting down. */
        NotReady: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** A parameter is invalid; `errors` lists each validation error. */
        ParameterInvalid: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The current password is wrong (`wrong-password`), the identity provider's policy rejects the change
         *     (`rejected-by-policy`), or the request comes from an origin that is not allowed (`cross-site-request`).
         */
        PasswordRefused: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The login is more than five minutes old (`recent-login-required`), the identity provider's policy rejects the request
         *     (`rejected-by-policy`), or the request comes from an origin that is not allowed (`cross-site-request`).
         */
        RecentLoginRequired: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * A parameter is invalid, and `errors` lists each validation error (`validation-failed`); or the message exceeds the
         *     model's context length (`message-too-long`).
         */
        RegenerateRefused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The reply takes longer than 50 seconds. Both messages are stored and the generation continues. Follow `bot_response`
         *     with `GET /messages/{id_message}/events`, or fetch it with `GET /messages/{id_message}`.
         */
        ReplyContinues: {
            headers: {
                RateLimit: components["headers"]["QuotaLeft"];
                "RateLimit-Policy": components["headers"]["QuotaPolicy"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "user_message": {
                 *         "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                 *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                 *         "content": "Hello, chatbot!",
                 *         "timestamp": "2026-11-22T07:33:21.025Z",
                 *         "is_bot": false,
                 *         "version": 1,
                 *         "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"
                 *       },
                 *       "bot_response": {
                 *         "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                 *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                 *         "content": "Hello! How",
                 *         "timestamp": "2026-11-22T07:33:21.026Z",
                 *         "is_bot": true,
                 *         "version": 1,
                 *         "status": "streaming",
                 *         "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Exchange"];
            };
        };
        /**
         * The bot is already replying in this conversation, to this message or another. Follow that reply, cancel it, or retry
         *     when it has ended.
         */
        ReplyInProgress: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The user has no such conversation (`conversation-not-found`), or the message was deleted while the bot was replying to
         *     it or before a retry with its `Idempotency-Key` (`message-not-found`).
         */
        SendNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The request is invalid, and `errors` lists each validation error (`validation-failed`); the key was already used for a
         *     different message (`idempotency-key-reused`); or the message exceeds the model's context length (`message-too-long`), in
         *     which case it is stored and its reply is `failed`.
         */
        SendRefused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** A system that the server depends on is unavailable. Retry later. */
        ServiceUnavailable: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * The session has expired or was ended (`session-expired`), its refresh cookie was already used (`refresh-reused`), or
         *     there is no session (`unauthenticated`). In the first two cases, the cookies are cleared.
         */
        SessionOver: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Set-Cookie": components["headers"]["ChangedCookies"];
                "WWW-Authenticate": components["headers"]["Authenticate"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** A rate limit is exceeded. Retry after the number of seconds in `Retry-After`. */
        TooManyRequests: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The user already has three open streams on this server. Close one. */
        TooManyStreams: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** There is no valid session or access token. */
        Unauthenticated: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "WWW-Authenticate": components["headers"]["Authenticate"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The body is not `application/json` in UTF-8. */
        UnsupportedMediaType: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The request is invalid; `errors` lists each validation error. */
        ValidationFailed: {
            headers: {
                RateLimit: components["headers"]["RateLimitIfCounted"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicyIfCounted"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** The `next_cursor` of the previous page. Omit it for the first page. */
        ConversationCursorInQuery: components["schemas"]["ConversationCursor"];
        /** The `next_cursor` of the previous page. Omit it for the first page. */
        CursorInQuery: components["schemas"]["Cursor"];
        /**
         * A unique key that identifies this request, such as a UUID. A retry with the same key does not send the message twice.
         *     Valid for 24 hours (draft-ietf-httpapi-idempotency-key-header).
         */
        IdempotencyKey: string;
        /**
         * Applies the request only if the message's current `ETag` is in this list; `*` matches any. Otherwise the response is
         *     412, and the message is unchanged (RFC 9110, section 13.1.1). Proxies may weaken an `ETag` or add a
         *     content coding; such forms match too: `W/"1"` and `"1-gzip"` match `"1"`.
         */
        IfMatch: string;
        /** The conversation. Defaults to the user's default conversation. */
        InConversation: components["schemas"]["Uuid"];
        /**
         * Maximum number of items per page. Defaults to 50.
         * @example 50
         */
        Limit: number;
        /**
         * The message's id.
         * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
         */
        MessageInPath: components["schemas"]["Uuid"];
        /**
         * The id of the reply, or of the message that it replies to.
         * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
         */
        ReplyInPath: components["schemas"]["Uuid"];
    };
    requestBodies: never;
    headers: {
        /**
         * The authentication scheme to use (RFC 9110, section 11.6.1).
         * @example Bearer realm="async-chatbot"
         */
        Authenticate: string;
        /**
         * For clients that sent cookies: `__Host-access_token` and `__Host-refresh_token`, renewed, or cleared with an expiry date
         *     in the past.
         * @example __Host-access_token=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax
         */
        ChangedCookies: string;
        /**
         * The version of the message, to be sent as `If-Match` (RFC 9110, section 8.8.3). Proxies that compress responses may
         *     change its form.
         * @example "1"
         */
        ETag: string;
        /**
         * What remains of each daily quota, and how many seconds until it resets. Present if the server sets quotas
         *     (draft-ietf-httpapi-ratelimit-headers).
         * @example "messages";r=488;t=43200, "tokens";r=491860;t=43200
         */
        QuotaLeft: string;
        /**
         * The daily quotas. Present if the server sets any (draft-ietf-httpapi-ratelimit-headers).
         * @example "messages";q=500;w=86400, "tokens";q=500000;w=86400
         */
        QuotaPolicy: string;
        /**
         * What remains of each limit, and how many seconds until it resets (draft-ietf-httpapi-ratelimit-headers).
         * @example "address";r=19;t=60, "email";r=4;t=60, "account";r=29;t=60
         */
        RateLimit: string;
        /**
         * Same as `RateLimit` on success. Present if the operation is rate-limited and the request was counted before it
         *     failed.
         * @example "address";r=19;t=60, "email";r=4;t=60, "account";r=29;t=60
         */
        RateLimitIfCounted: string;
        /**
         * The limits, each with its quota and its window in seconds (draft-ietf-httpapi-ratelimit-headers).
         * @example "address";q=20;w=60, "email";q=5;w=60, "account";q=30;w=60
         */
        RateLimitPolicy: string;
        /**
         * Same as `RateLimit-Policy` on success. Present if the operation is rate-limited and the request was counted before
         *     it failed.
         * @example "address";q=20;w=60, "email";q=5;w=60, "account";q=30;w=60
         */
        RateLimitPolicyIfCounted: string;
        /**
         * The id of this request, as it appears in the server's log.
         * @example 0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
         */
        RequestId: string;
        /**
         * How many seconds to wait before retrying (RFC 9110, section 10.2.3).
         * @example 2
         */
        RetryAfter: number;
        /**
         * How many seconds to wait before retrying; absent if retrying does not help (RFC 9110, section 10.2.3).
         * @example 2
         */
        RetryHint: number;
        /**
         * Two HTTP-only cookies, `__Host-access_token` and `__Host-refresh_token` (RFC 6265). A token that is too long for one
         *     cookie continues in `__Host-access_token.1` and `__Host-access_token.2`. A response that ends the session clears all of
         *     them with an expiry date in the past.
         * @example __Host-access_token=eyJraWQiOiJrMSJ9.eyJzdWIiOiI1YjFmIn0.c2lnbmF0dXJl; Max-Age=2592000; Path=/; Expires=Tue, 22 Dec 2026 07:33:21 GMT; HttpOnly; Secure; SameSite=Lax
         */
        SessionCookies: string;
        /**
         * `no` on streams, so that nginx does not buffer them.
         * @example no
         */
        Unbuffered: "no";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listConversations: {
        parameters: {
            query?: {
                /** The `next_cursor` of the previous page. Omit it for the first page. */
                cursor?: components["parameters"]["ConversationCursorInQuery"];
                /**
                 * Maximum number of items per page. Defaults to 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A page of conversations. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversations": [
                     *         {
                     *           "id_conversation": "01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b",
                     *           "title": "Weather in Lisbon",
                     *           "created_at": "2026-11-22T07:33:20.110Z",
                     *           "updated_at": "2026-11-22T07:33:21.025Z"
                     *         }
                     *       ],
                     *       "next_cursor": "AaICLIIBAZNafP_uexyPCjwtHg-aig"
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The optional title. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationDraft"];
            };
        };
        responses: {
            /** The new conversation. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_conversation": "01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b",
                     *       "title": "Weather in Lisbon",
                     *       "created_at": "2026-11-22T07:33:20.110Z",
                     *       "updated_at": "2026-11-22T07:33:21.025Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The conversation's id.
                 * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
                 */
                id_conversation: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The conversation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_conversation": "01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b",
                     *       "title": "Weather in Lisbon",
                     *       "created_at": "2026-11-22T07:33:20.110Z",
                     *       "updated_at": "2026-11-22T07:33:21.025Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["ConversationNotFound"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The conversation's id.
                 * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
                 */
                id_conversation: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The conversation is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_conversation": "01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b",
                     *       "status": "deleted"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletedConversation"];
                };
            };
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["ConversationNotFound"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The conversation's id.
                 * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
                 */
                id_conversation: components["schemas"]["Uuid"];
            };
            cookie?: never;
        };
        /** The new title. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Weather in Lisbon"
                 *     }
                 */
                "application/json": components["schemas"]["ConversationChange"];
            };
        };
        responses: {
            /** The conversation with its new title. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_conversation": "01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b",
                     *       "title": "Weather in Lisbon",
                     *       "created_at": "2026-11-22T07:33:20.110Z",
                     *       "updated_at": "2026-11-22T07:33:21.025Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The process is alive. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "OK"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            422: components["responses"]["ParameterInvalid"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** The `next_cursor` of the previous page. Omit it for the first page. */
                cursor?: components["parameters"]["CursorInQuery"];
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
                /**
                 * Maximum number of items per page. Defaults to 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * `desc` lists the newest message first, `asc` the oldest. Defaults to `desc`.
                 * @example desc
                 */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A page of messages. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messages": [
                     *         {
                     *           "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *           "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *           "content": "Hello! How can I help you today?",
                     *           "timestamp": "2026-11-22T07:33:21.026Z",
                     *           "is_bot": true,
                     *           "version": 2,
                     *           "status": "completed",
                     *           "finish_reason": "stop",
                     *           "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                     *         },
                     *         {
                     *           "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *           "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *           "content": "Hello, chatbot!",
                     *           "timestamp": "2026-11-22T07:33:21.025Z",
                     *           "is_bot": false,
                     *           "version": 1,
                     *           "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"
                     *         }
                     *       ],
                     *       "next_cursor": "AZNafQwBfFWaAmsfDp2Mew"
                     *     }
                     */
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["ConversationNotFound"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendMessage: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /**
                 * A unique key that identifies this request, such as a UUID. A retry with the same key does not send the message twice.
                 *     Valid for 24 hours (draft-ietf-httpapi-idempotency-key-header).
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** The message to send. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Hello, chatbot!"
                 *     }
                 */
                "application/json": components["schemas"]["MessageDraft"];
            };
        };
        responses: {
            /** The message and the bot's reply, both stored. */
            201: {
                headers: {
                    RateLimit: components["headers"]["QuotaLeft"];
                    "RateLimit-Policy": components["headers"]["QuotaPolicy"];
                    "X-Accel-Buffering": components["headers"]["Unbuffered"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_message": {
                     *         "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *         "content": "Hello, chatbot!",
                     *         "timestamp": "2026-11-22T07:33:21.025Z",
                     *         "is_bot": false,
                     *         "version": 1,
                     *         "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"
                     *       },
                     *       "bot_response": {
                     *         "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *         "content": "Hello! How can I help you today?",
                     *         "timestamp": "2026-11-22T07:33:21.026Z",
                     *         "is_bot": true,
                     *         "version": 2,
                     *         "status": "completed",
                     *         "finish_reason": "stop",
                     *         "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Exchange"];
                    "text/event-stream": components["schemas"]["ReplyEvent"];
                };
            };
            202: components["responses"]["ReplyContinues"];
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["SendNotFound"];
            409: components["responses"]["ReplyInProgress"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["SendRefused"];
            429: components["responses"]["CannotReply"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BotMisconfigured"];
            503: components["responses"]["BotUnavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["parameters"]["MessageInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The message. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *       "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *       "content": "Hello, chatbot!",
                     *       "timestamp": "2026-11-22T07:33:21.025Z",
                     *       "is_bot": false,
                     *       "version": 1,
                     *       "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["MessageNotFound"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    editMessage: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /**
                 * Applies the request only if the message's current `ETag` is in this list; `*` matches any. Otherwise the response is
                 *     412, and the message is unchanged (RFC 9110, section 13.1.1). Proxies may weaken an `ETag` or add a
                 *     content coding; such forms match too: `W/"1"` and `"1-gzip"` match `"1"`.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["parameters"]["MessageInPath"];
            };
            cookie?: never;
        };
        /** The new text. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageEdit"];
            };
        };
        responses: {
            /** The message with its new text. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *       "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *       "content": "Updated message content.",
                     *       "timestamp": "2026-11-22T07:33:21.025Z",
                     *       "is_bot": false,
                     *       "version": 2,
                     *       "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *       "edited_at": "2026-11-22T07:35:02.118Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["MessageNotFound"];
            409: components["responses"]["EditRefused"];
            412: components["responses"]["MessageChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["CannotRegenerate"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /**
                 * Applies the request only if the message's current `ETag` is in this list; `*` matches any. Otherwise the response is
                 *     412, and the message is unchanged (RFC 9110, section 13.1.1). Proxies may weaken an `ETag` or add a
                 *     content coding; such forms match too: `W/"1"` and `"1-gzip"` match `"1"`.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["parameters"]["MessageInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The message is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *       "status": "deleted"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletedMessage"];
                };
            };
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["MessageNotFound"];
            412: components["responses"]["MessageChanged"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelReply: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The reply in its current state. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *       "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *       "content": "Hello! How can",
                     *       "timestamp": "2026-11-22T07:33:21.026Z",
                     *       "is_bot": true,
                     *       "version": 3,
                     *       "status": "cancelled",
                     *       "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["MessageNotFound"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resumeReply: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /** The `id` of the last event received (HTML Standard, section 9.2). */
                "Last-Event-ID"?: components["schemas"]["EventId"];
            };
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The events of the reply. */
            200: {
                headers: {
                    "X-Accel-Buffering": components["headers"]["Unbuffered"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ReplyEvent"];
                };
            };
            /** The reply has ended, and `Last-Event-ID` is the id of its last event. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["MessageNotFound"];
            422: components["responses"]["ParameterInvalid"];
            429: components["responses"]["TooManyStreams"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    rateReply: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        /** The rating. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Feedback"];
            };
        };
        responses: {
            /** The reply with its rating. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *       "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *       "content": "Hello! How can I help you today?",
                     *       "timestamp": "2026-11-22T07:33:21.026Z",
                     *       "is_bot": true,
                     *       "version": 3,
                     *       "status": "completed",
                     *       "finish_reason": "stop",
                     *       "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *       "feedback": {
                     *         "rating": "up",
                     *         "note": "Just what I needed."
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["MessageNotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    regenerateReply: {
        parameters: {
            query?: {
                /** The conversation. Defaults to the user's default conversation. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the reply, or of the message that it replies to.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The message and the new reply. */
            200: {
                headers: {
                    RateLimit: components["headers"]["QuotaLeft"];
                    "RateLimit-Policy": components["headers"]["QuotaPolicy"];
                    "X-Accel-Buffering": components["headers"]["Unbuffered"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_message": {
                     *         "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *         "content": "Hello, chatbot!",
                     *         "timestamp": "2026-11-22T07:33:21.025Z",
                     *         "is_bot": false,
                     *         "version": 1,
                     *         "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"
                     *       },
                     *       "bot_response": {
                     *         "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *         "content": "Hello! How can I help you today?",
                     *         "timestamp": "2026-11-22T07:33:21.026Z",
                     *         "is_bot": true,
                     *         "version": 2,
                     *         "status": "completed",
                     *         "finish_reason": "stop",
                     *         "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Exchange"];
                    "text/event-stream": components["schemas"]["ReplyEvent"];
                };
            };
            202: components["responses"]["ReplyContinues"];
            400: components["responses"]["MalformedPath"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["MessageNotFound"];
            409: components["responses"]["ReplyInProgress"];
            422: components["responses"]["RegenerateRefused"];
            429: components["responses"]["CannotReply"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BotMisconfigured"];
            503: components["responses"]["BotUnavailable"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The server takes requests. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "READY",
                     *       "dependencies": [
                     *         {
                     *           "name": "table",
                     *           "status": "OK",
                     *           "age_seconds": 12
                     *         },
                     *         {
                     *           "name": "signing-keys",
                     *           "status": "OK",
                     *           "age_seconds": 12
                     *         },
                     *         {
                     *           "name": "app-client",
                     *           "status": "FAILED",
                     *           "age_seconds": 12
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            422: components["responses"]["ParameterInvalid"];
            503: components["responses"]["NotReady"];
        };
    };
    confirmUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The email address, the code that was sent to it, and the password. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com",
                 *       "code": "123456",
                 *       "password": "Password123"
                 *     }
                 */
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** The address is confirmed. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "E-mail address confirmed"
                     *     }
                     */
                    "application/json": components["schemas"]["Confirmed"];
                };
            };
            400: components["responses"]["CodeRefused"];
            403: components["responses"]["ConfirmationRefused"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["AccountInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resendConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The email address to confirm. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["EmailOnly"];
            };
        };
        responses: {
            /** A code has been emailed, if the address awaits confirmation. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Check your e-mail"
                     *     }
                     */
                    "application/json": components["schemas"]["CheckEmail"];
                };
            };
            400: components["responses"]["MalformedBody"];
            403: components["responses"]["AccountRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["AccountInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    loginUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Email address and password of the account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com",
                 *       "password": "Password123"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** The user is logged in; the session cookies are set. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["SessionCookies"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Login successful"
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["InvalidCredentials"];
            403: components["responses"]["LoginRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["AccountInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logoutUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The user is logged out; the cookies are cleared. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SessionCookies"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Logout successful"
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedOut"];
                };
            };
            403: components["responses"]["CrossSiteRequest"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
        };
    };
    logoutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** All sessions of the user have ended; the cookies are cleared. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["SessionCookies"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Logout successful"
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedOut"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            422: components["responses"]["ParameterInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The current user. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *       "email": "newuser@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The account is deleted; the cookies are cleared. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["SessionCookies"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Account deleted"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountDeleted"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["RecentLoginRequired"];
            422: components["responses"]["ParameterInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    exportData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One JSON object per line. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ExportedItem"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["ParameterInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The current and the new password. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "Password123",
                 *       "new_password": "Password456"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** The password has been changed; new cookies are set. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["ChangedCookies"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Password changed"
                     *     }
                     */
                    "application/json": components["schemas"]["PasswordChanged"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["PasswordRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The daily quotas and their usage. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "day": "2026-11-22",
                     *       "resets_at": "2026-11-23T00:00:00.000Z",
                     *       "messages": {
                     *         "limit": 500,
                     *         "used": 12,
                     *         "left": 488
                     *       },
                     *       "tokens": {
                     *         "limit": 500000,
                     *         "used": 8140,
                     *         "left": 491860
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Usage"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["ParameterInvalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Email address of the account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["EmailOnly"];
            };
        };
        responses: {
            /** A code has been emailed, if the account exists. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Check your e-mail"
                     *     }
                     */
                    "application/json": components["schemas"]["CheckEmail"];
                };
            };
            400: components["responses"]["MalformedBody"];
            403: components["responses"]["AccountRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["AccountInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The email address, the code that was sent to it, and the new password. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com",
                 *       "code": "123456",
                 *       "password": "Password456"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** The password has been changed. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Password changed"
                     *     }
                     */
                    "application/json": components["schemas"]["PasswordChanged"];
                };
            };
            400: components["responses"]["CodeRefused"];
            403: components["responses"]["AccountRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["AccountInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The session continues; new cookies are set. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["SessionCookies"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Session refreshed"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionRefreshed"];
                };
            };
            401: components["responses"]["SessionOver"];
            403: components["responses"]["AccountRefused"];
            422: components["responses"]["ParameterInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    registerUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Email address and password of the new account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com",
                 *       "password": "Password123"
                 *     }
                 */
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** The account has been created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "User created successfully"
                     *     }
                     */
                    "application/json": components["schemas"]["Registered"];
                };
            };
            /** A code has been emailed, unless the address is already in use. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Check your e-mail"
                     *     }
                     */
                    "application/json": components["schemas"]["CheckEmail"];
                };
            };
            400: components["responses"]["MalformedBody"];
            403: components["responses"]["AccountRefused"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["AccountInvalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
