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
         * List conversations, newest first
         * Answers a page of the conversations that the caller created, the newest first. Where older ones are left, `next_cursor`
         *     is there. The default conversation, which every message belongs to that names no other, is not among them.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Begin a conversation
         * Creates a conversation without messages. One without a title is given the first line of its first message. Messages name
         *     it by `id_conversation`; those that name none are of the default conversation, which needs no creation.
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
         * Read one conversation
         * Answers a conversation without its messages, which `listMessages` has.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * Deletes a conversation with all its messages for good. A bot that is still answering in it stops.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        /**
         * Rename a conversation
         * Gives a conversation another title.
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
         * Tell that the process is alive
         * Answers without asking any other system, so it fits a container's liveness probe.
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
         * List messages, newest first
         * Answers a page of the caller's messages and the bot's answers in one conversation, newest first unless `order` says
         *     otherwise. Where more are left, `next_cursor` is there: send it back as `cursor` for the next page. A message that was
         *     acknowledged is in the next list.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message and get the bot's answer
         * Keeps the message, asks the bot, keeps its answer, and answers with both.
         *
         *     With an `Idempotency-Key` the call may be repeated for 24 hours, however it ended: the message is kept once and the bot
         *     is asked once. A repeat is answered with the same pair, and finishes an answer that failed or was interrupted.
         *
         *     A reply that takes longer than 50 seconds returns 202 with both messages as they stand, so that no proxy cuts the
         *     connection. Follow it with `resumeReply`; the SDK's `send()` does so by itself.
         *
         *     **Word by word.** With `Accept: text/event-stream` the same call is answered by server-sent events
         *     ([HTML Standard, section 9.2](https://html.spec.whatwg.org/multipage/server-sent-events.html)) while the bot speaks.
         *     `curl -N` shows them as they come; `cookies.txt` is from a login. The built-in bot emits one delta for each word; they
         *     are joined here:
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
         *     id: 1-80
         *     event: reply-completed
         *     data: {"type":"reply-completed","bot_response":{"id_message":"01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1","id_user":"5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21","timestamp":"2026-11-22T07:33:21.025Z","version":2,"content":"Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.","is_bot":true,"status":"completed","finish_reason":"stop","reply_to":"01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"}}
         *
         *     ```
         *
         *     - `data` is one line of JSON, a `ReplyEvent`, and `event` is its `type`. `id` is how far the reply was told.
         *     - `message-created` comes first: from here on the message is kept. Then `reply-started`, any number of `reply-delta`,
         *       whose texts put together are the reply, and at last one of `reply-completed`, `reply-failed` (with the problem),
         *       `reply-cancelled` and `reply-interrupted`. A second `reply-started` makes void what was told before it.
         *     - `stream-paused` ends a stream after 95 seconds, or when its server is about to end. The bot goes on; so does
         *       `resumeReply`, after the milliseconds of `retry`.
         *     - When there is nothing to tell, a comment (a line with nothing but `:`) comes every 15 seconds, so that nobody takes
         *       the connection for dead.
         *     - A stream without any of these ends broke off. Nothing is lost: the bot does not stop when its reader leaves, its
         *       answer is finished and kept, and `resumeReply` tells the rest. `cancelReply` stops it, and so does deleting the
         *       message.
         *     - One person may follow three streams at one server. Swagger UI shows the events of a stream when it has ended.
         *
         *     The client in TypeScript connects again by itself:
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
                /** The conversation; left out, the caller's default one. */
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
         * Read one message
         * Answers a message as it now stands, such as a reply that was still being written when its stream broke off.
         */
        get: operations["getMessage"];
        /**
         * Change the text of a message
         * Replaces the text of a message that the caller sent. The bot's messages cannot be edited. The bot's answer stays as it is
         *     unless `regenerate` is true: then it is written anew, to the new text, and `resumeReply` tells it as it comes.
         */
        put: operations["editMessage"];
        post?: never;
        /**
         * Delete a message
         * Deletes a message for good. With a message that the caller sent goes the bot's answer to it, and a bot that is still
         *     answering stops.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop the bot
         * Stops a bot that is answering, on whichever server it is, and keeps what it said. A reply that is over stays as it is.
         *     Answers with the reply; whoever follows it is told `reply-cancelled`.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        /**
         * Follow a reply, from the start or from where a stream broke off
         * Tells a reply as events, on whichever server the bot is answering, be it still written or over since long. With the
         *     `id` of the last event that was received as `Last-Event-ID`, it goes on behind that event, and no word comes twice:
         *
         *     ```console
         *     $ curl -sN http://localhost:8000/messages/$id_message/events -b cookies.txt -H 'Last-Event-ID: 1-25'
         *     id: 1-80
         *     event: reply-delta
         *     data: {"type":"reply-delta","delta":" Halloween and Christmas? Because Oct 31 equals Dec 25."}
         *
         *     id: 1-80
         *     event: reply-completed
         *     data: {"type":"reply-completed","bot_response":{"id_message":"01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1","id_user":"5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21","timestamp":"2026-11-22T07:33:21.025Z","version":2,"content":"Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.","is_bot":true,"status":"completed","finish_reason":"stop","reply_to":"01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"}}
         *
         *     ```
         *
         *     Without `Last-Event-ID`, or when the reply was written anew since, it begins with `reply-started`. After a reload, when
         *     no event is remembered, the id of the message or of its reply is enough; `client` is the one of `sendMessage`:
         *
         *     ```ts
         *     const [newest] = (await client.messages.list({ limit: 1 })).messages;
         *     if (newest?.is_bot) console.log(await client.messages.resume(newest.id_message).text());
         *     ```
         *
         *     The events, the pauses and the comments between them are those of `sendMessage`, without `message-created`.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Say whether a reply was good
         * Keeps a thumb up or down, and a note, with the bot's reply; what was said of it before is replaced.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the bot answer anew
         * Asks the bot again and replaces its answer, be it whole, failed, cancelled, interrupted or deleted. Answers with both
         *     messages, or word by word with `Accept: text/event-stream`, as `sendMessage` does, beginning with `reply-started`.
         */
        post: operations["regenerateReply"];
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
         * Confirm an e-mail address
         * Proves by the e-mailed code that the address is the caller's. The account can then log in.
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
         * Send the confirmation code again
         * E-mails a new code to an address that waits for its confirmation. The answer is the same for every other address.
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
         * Open a session
         * Checks the password and sets the session's cookies. The tokens are in HTTP-only cookies alone, never in a body.
         *     A wrong password and an unknown address get the same answer. The access cookie proves the session for as long as the
         *     user pool says, an hour by Cognito's default; `refreshSession` renews it.
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
         * Close the session
         * Clears the session's cookies, revokes its refresh token, and within a second no server takes its access token any
         *     more. It may be called again, without a session and while the identity provider is down: the answer is the same.
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
         * Close all sessions of the caller
         * Ends every session of the caller, on every device, this one too. Within a second no server takes their tokens any more.
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
         * Tell who is logged in
         * Answers with the caller's own id and e-mail address.
         */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        /**
         * Delete the account of the caller
         * Erases the account and every message of the caller for good, and ends all sessions. It needs a login that is younger than
         *     five minutes; for an older one the answer is `recent-login-required`.
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
         * Export all that is kept about the caller
         * Streams everything that is stored about the caller as newline-delimited JSON: one object per line, first the account, then
         *     each conversation with its messages, the default one last, newest first. A stream that breaks off ends without its last chunk, so it is never taken for whole.
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
         * Change the password of the caller
         * Sets a new password and ends every other session of the caller; this one goes on with new cookies.
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
         * Tell what is left of the day's quota
         * Answers what the caller has used of the quotas of messages and of model tokens since midnight UTC. A quota that the
         *     server does not have is absent.
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
         * Ask for a code to reset the password
         * E-mails a code for `resetPassword` to the address of an account. The answer is the same for every other address.
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
         * Set a new password by a code
         * Sets a new password, proved by the e-mailed code, and ends every session of the account. Log in afterwards.
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
         * Give the session new cookies
         * Exchanges the refresh cookie for a new pair of cookies; the old refresh cookie is good for another 30 seconds, so that
         *     a request whose answer was lost can be repeated. Later than that it ends the whole session (`refresh-reused`), since
         *     somebody else may have it. After 401 the cookies are cleared and the person logs in again.
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
         * Creates an account from an e-mail address and a password. A server with open registration answers 201: the account
         *     can log in at once. One that has addresses confirmed answers 202, for an address that is taken too, and e-mails a
         *     code for `confirmUser`.
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
        /** The account is gone. */
        AccountDeleted: {
            /**
             * For people to read.
             * @example Account deleted
             */
            message: "Account deleted";
        };
        /** Whatever there is to send is in the mail. */
        CheckEmail: {
            /**
             * For people to read.
             * @example Check your e-mail
             */
            message: "Check your e-mail";
        };
        /** What proves that an address is the caller's. */
        Confirmation: {
            code: components["schemas"]["ConfirmationCode"];
            email: components["schemas"]["Email"];
        };
        /**
         * The code that was e-mailed.
         * @example 123456
         */
        ConfirmationCode: string;
        /** The address is confirmed. */
        Confirmed: {
            /**
             * For people to read.
             * @example E-mail address confirmed
             */
            message: "E-mail address confirmed";
        };
        /**
         * The text of a message, kept to the letter, spaces included; 1 to 8000 code points.
         * @example Hello, chatbot!
         */
        Content: string;
        /** A thread of messages. */
        Conversation: {
            /** When it was created. */
            created_at: components["schemas"]["Timestamp"];
            /** The conversation's id. */
            id_conversation: components["schemas"]["ConversationId"];
            /** Its title; absent while nobody gave it one and nothing was said. */
            title?: components["schemas"]["Title"];
            /** When a message was last sent in it, or its title changed. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /** What shall be different about a conversation. */
        ConversationChange: {
            title: components["schemas"]["Title"];
        };
        /** A conversation to be created. */
        ConversationDraft: {
            title?: components["schemas"]["Title"];
        };
        /**
         * Format: uuid
         * A conversation's id, a UUID of version 7 in lower case; later conversations have larger ids (RFC 9562).
         * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
         */
        ConversationId: string;
        /** A page of conversations, newest first. */
        ConversationPage: {
            /** The conversations, newest first. */
            conversations: components["schemas"]["Conversation"][];
            /** Where the next page begins; absent on the last page. */
            next_cursor?: components["schemas"]["Cursor"];
        };
        /** What proves who somebody is. */
        Credentials: {
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
        };
        /**
         * A place in a list. Opaque; use it as it came.
         * @example AZNafQwBfFWaAmsfDp2Mew
         */
        Cursor: string;
        /** The conversation is gone. */
        DeletedConversation: {
            /** The conversation's id. */
            id_conversation: components["schemas"]["ConversationId"];
            /**
             * Always `deleted`.
             * @example deleted
             */
            status: "deleted";
        };
        /** The message is gone. */
        DeletedMessage: {
            id_message: components["schemas"]["MessageId"];
            /**
             * Always `deleted`.
             * @example deleted
             */
            status: "deleted";
        };
        /**
         * Format: email
         * An e-mail address (RFC 5321 length).
         * @example newuser@example.com
         */
        Email: string;
        /** The e-mail address of an account. */
        EmailOnly: {
            email: components["schemas"]["Email"];
        };
        /**
         * A place in a reply. Opaque; use it as it came.
         * @example 1-25
         */
        EventId: string;
        /** A message and the bot's answer to it. */
        Exchange: {
            bot_response: components["schemas"]["Message"];
            user_message: components["schemas"]["Message"];
        };
        /** A conversation. */
        ExportedConversation: {
            conversation: components["schemas"]["Conversation"];
        };
        /** A line of an export; which property it has says what it is. */
        ExportedItem: components["schemas"]["ExportedUser"] | components["schemas"]["ExportedConversation"] | components["schemas"]["ExportedMessage"];
        /** A message. */
        ExportedMessage: {
            message: components["schemas"]["Message"];
        };
        /** The account. */
        ExportedUser: {
            user: components["schemas"]["User"];
        };
        /** One fault of an invalid request. Either `pointer` or `parameter` says where it is. */
        Fault: {
            /**
             * The rule that was broken, by its JSON Schema keyword.
             * @example minLength
             */
            code: string;
            /**
             * The rule in words, for people to read.
             * @example must have at least 1 character
             */
            message: string;
            /**
             * Which parameter of the path, the query or the headers.
             * @example limit
             */
            parameter?: string;
            /**
             * Format: json-pointer
             * Where in the body, as a JSON Pointer (RFC 6901); empty for the body as a whole.
             * @example /content
             */
            pointer?: string;
        };
        /** What the caller thinks of a reply. */
        Feedback: {
            /**
             * Why, in the caller's words; 1 to 1000 code points.
             * @example Just what I needed.
             */
            note?: string;
            /**
             * Thumb up or down.
             * @example up
             */
            rating: "up" | "down";
        };
        /**
         * Why the bot stopped: `stop` (the reply is complete), `length` (it reached the maximum length and is cut off),
         *     `content-filter` (the model's provider withheld it or the rest of it), or `other`. After `length` and
         *     `content-filter`, the text may be empty.
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
        /** The session is open. */
        LoggedIn: {
            /**
             * For people to read.
             * @example Login successful
             */
            message: "Login successful";
        };
        /** The session is closed. */
        LoggedOut: {
            /**
             * For people to read.
             * @example Logout successful
             */
            message: "Logout successful";
        };
        /** Something that was said, by the caller or by the bot. */
        Message: {
            /**
             * What was said, to the letter. Of a reply that is being written, what is there so far, or nothing yet.
             * @example Hello, chatbot!
             */
            content: string;
            /** When its text was last changed; absent if it never was. */
            edited_at?: components["schemas"]["Timestamp"];
            /** On a message of the bot, what the caller thinks of it. */
            feedback?: components["schemas"]["Feedback"];
            /** On a completed reply, why the bot stopped. */
            finish_reason?: components["schemas"]["FinishReason"];
            /** The conversation; absent in the default one. */
            id_conversation?: components["schemas"]["ConversationId"];
            id_message: components["schemas"]["MessageId"];
            /** On a message of the caller, the id of the bot's answer to it. */
            id_reply?: components["schemas"]["MessageId"];
            /** Whose conversation this is part of, for the bot's messages too. */
            id_user: components["schemas"]["UserId"];
            /**
             * Whether the bot said it.
             * @example false
             */
            is_bot: boolean;
            /** On a message of the bot, the id of the message it answers. */
            reply_to?: components["schemas"]["MessageId"];
            /** On a message of the bot, how far it is. */
            status?: components["schemas"]["ReplyStatus"];
            /** When it was said; of a reply, when the bot was asked. */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * Grows with every change of the message.
             * @example 1
             */
            version: number;
        };
        /** The caller's message is kept. */
        MessageCreated: {
            /**
             * Which event it is.
             */
            type: "message-created";
            user_message: components["schemas"]["Message"];
        };
        /** A message to be sent. */
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
         * A message's id, a UUID of version 7 in lower case; later messages have larger ids (RFC 9562).
         * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
         */
        MessageId: string;
        /** A page of messages, in the order that was asked for. */
        MessagePage: {
            /** The messages, newest first unless asked for otherwise. */
            messages: components["schemas"]["Message"][];
            /** Where the next page begins; absent on the last page. */
            next_cursor?: components["schemas"]["Cursor"];
        };
        /**
         * Format: password
         * At least eight characters, at least one of them a digit, no space at either end and no line break.
         * @example Password123
         */
        NewPassword: string;
        /** What an account is made of. */
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
        /** The password as it is and as it shall be. */
        PasswordChange: {
            current_password: components["schemas"]["Password"];
            new_password: components["schemas"]["NewPassword"];
        };
        /** The password is changed. */
        PasswordChanged: {
            /**
             * For people to read.
             * @example Password changed
             */
            message: "Password changed";
        };
        /** What proves that the account is the caller's, and its new password. */
        PasswordReset: {
            code: components["schemas"]["ConfirmationCode"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["NewPassword"];
        };
        /** What went wrong (RFC 9457). */
        Problem: {
            code: components["schemas"]["ProblemCode"];
            /**
             * This occurrence of the problem, for people to read.
             * @example You have no message with this id.
             */
            detail: string;
            /** Every fault of an invalid request. */
            errors?: components["schemas"]["Fault"][];
            /**
             * Format: uri-reference
             * This occurrence of the problem, as a URN of the request's id.
             * @example urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
             */
            instance: string;
            /**
             * Format: uuid
             * The `X-Request-Id` of this answer.
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
             * The problem in a few words; the same for the same `code`.
             * @example No such message
             */
            title: string;
            /**
             * Format: uri-reference
             * Where the problem is explained, relative to this server.
             * @example /problems#message-not-found
             */
            type: string;
        };
        /**
         * The problem as a stable word. Every code is explained on the page that `type` names. A later version may add
         *     codes; let `status` decide what to do with one you do not know.
         * @example message-not-found
         */
        ProblemCode: "ambiguous-credentials" | "body-too-large" | "bot-message-not-editable" | "bot-misconfigured" | "bot-unavailable" | "challenge-required" | "code-invalid" | "conversation-not-found" | "cross-site-request" | "email-not-confirmed" | "email-taken" | "headers-too-large" | "idempotency-key-reused" | "internal-error" | "invalid-credentials" | "malformed-request" | "message-changed" | "message-not-found" | "message-too-long" | "method-not-allowed" | "not-found" | "password-reset-required" | "quota-exceeded" | "recent-login-required" | "refresh-reused" | "rejected-by-policy" | "reply-in-progress" | "request-timeout" | "service-unavailable" | "session-expired" | "too-many-requests" | "too-many-streams" | "unauthenticated" | "unsupported-media-type" | "validation-failed" | "wrong-password";
        /** A quota of a day. */
        Quota: {
            /**
             * Format: int32
             * What is left.
             * @example 488
             */
            left: number;
            /**
             * Format: int32
             * What a day has.
             * @example 500
             */
            limit: number;
            /**
             * Format: int32
             * What is used up.
             * @example 12
             */
            used: number;
        };
        /** The account exists. */
        Registered: {
            /**
             * For people to read.
             * @example User created successfully
             */
            message: "User created successfully";
        };
        /** The caller stopped the bot, or deleted the message. What the bot said is kept with the reply. */
        ReplyCancelled: {
            bot_response: components["schemas"]["Message"];
            /**
             * Which event it is.
             */
            type: "reply-cancelled";
        };
        /** The reply is whole. */
        ReplyCompleted: {
            bot_response: components["schemas"]["Message"];
            /**
             * Which event it is.
             */
            type: "reply-completed";
        };
        /** More of the reply; all of them put together are its text. */
        ReplyDelta: {
            /**
             * What to put behind what was told before.
             * @example How can
             */
            delta: string;
            /**
             * Which event it is.
             */
            type: "reply-delta";
        };
        /**
         * An event of a reply, as the `data` of a server-sent event; `type` is the event's name too. A stream tells
         *     `message-created` (to who sent it), `reply-started`, any number of `reply-delta`, and one of `reply-completed`,
         *     `reply-failed`, `reply-cancelled` and `reply-interrupted`. It may end before that with `stream-paused`, or break off: go on
         *     with `resumeReply` and the `id` of the last event. A comment comes every 15 seconds when there is nothing to tell.
         */
        ReplyEvent: components["schemas"]["MessageCreated"] | components["schemas"]["ReplyStarted"] | components["schemas"]["ReplyDelta"] | components["schemas"]["ReplyCompleted"] | components["schemas"]["ReplyFailed"] | components["schemas"]["ReplyCancelled"] | components["schemas"]["ReplyInterrupted"] | components["schemas"]["StreamPaused"];
        /** The bot could not go on. What it said is kept. */
        ReplyFailed: {
            bot_response: components["schemas"]["Message"];
            problem: components["schemas"]["Problem"];
            /**
             * Which event it is.
             */
            type: "reply-failed";
        };
        /** The server that asked the bot is gone. `regenerateReply` writes the reply anew. */
        ReplyInterrupted: {
            bot_response: components["schemas"]["Message"];
            /**
             * Which event it is.
             */
            type: "reply-interrupted";
        };
        /** The bot begins, or begins anew. Whatever was told of this reply before is void. */
        ReplyStarted: {
            bot_response: components["schemas"]["Message"];
            /**
             * Which event it is.
             */
            type: "reply-started";
        };
        /**
         * How far a reply is: `pending` (the bot has said nothing yet), `streaming`, `completed`, `failed` (the bot could not go
         *     on), `cancelled` (by the caller) or `interrupted` (the server that asked the bot is gone). `regenerateReply` writes a
         *     reply that is over anew.
         * @example completed
         */
        ReplyStatus: "pending" | "streaming" | "completed" | "failed" | "cancelled" | "interrupted";
        /** The session goes on. */
        SessionRefreshed: {
            /**
             * For people to read.
             * @example Session refreshed
             */
            message: "Session refreshed";
        };
        /**
         * The stream ends here, and the bot goes on. Follow it with `resumeReply` and the id of the last event; the `retry` of this
         *     event says after how many milliseconds.
         */
        StreamPaused: {
            /** The reply to follow. */
            id_message: components["schemas"]["MessageId"];
            /**
             * Which event it is.
             */
            type: "stream-paused";
        };
        /**
         * Format: date-time
         * A moment in UTC with milliseconds (RFC 3339).
         * @example 2026-11-22T07:33:21.025Z
         */
        Timestamp: string;
        /**
         * The title of a conversation; 1 to 200 code points.
         * @example Weather in Lisbon
         */
        Title: string;
        /** What the caller has used of the day's quotas. */
        Usage: {
            /**
             * Format: date
             * The day in UTC (RFC 3339, full-date).
             * @example 2026-11-22
             */
            day: string;
            /** Messages that the bot was asked to answer; absent without such a quota. */
            messages?: components["schemas"]["Quota"];
            /** When the next day begins. */
            resets_at: components["schemas"]["Timestamp"];
            /** Tokens that the model has read and written; absent without such a quota. */
            tokens?: components["schemas"]["Quota"];
        };
        /** Somebody with an account. */
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
         * A UUID of any version, in lower case (RFC 9562).
         * @example 01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b
         */
        Uuid: string;
    };
    responses: {
        /** The request breaks a rule of this document, or the password one of the user pool; `errors` names each fault. */
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
         * The identity provider's own rules refuse the request (`rejected-by-policy`), or a page of another site sent it
         *     (`cross-site-request`).
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
        /** The request carries both a session cookie and a bearer token. */
        AmbiguousCredentials: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The body is larger than 64 KB. */
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
         * The model refuses every request of this server until an operator changes the configuration, so a retry does not help.
         *     The message is stored, and its reply is `failed`.
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
         * The bot cannot answer (`bot-unavailable`): the message is kept, and a repeat with the same `Idempotency-Key`, or
         *     `regenerateReply`, asks it again. Or a system that this one depends on does not answer (`service-unavailable`).
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
        /** The code is wrong, has expired or was used (`code-invalid`), or the body is not JSON or not UTF-8 (`malformed-request`). */
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
        /** The caller has no such conversation. */
        ConversationNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** A page of another site sent the request, and its origin is not one that may call. */
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
         * The bot said it, so it cannot be edited (`bot-message-not-editable`), or the bot is answering in this conversation and
         *     cannot do so anew (`reply-in-progress`).
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
        /** The service failed. Nothing in the request is the cause. */
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
        /** The address and the password do not belong together. */
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
         *     (`password-reset-required`), or the identity provider asks for a further step (`challenge-required`). Or the identity
         *     provider's own rules refuse the login (`rejected-by-policy`), or a page of another site sent it (`cross-site-request`).
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
        /** The body is not JSON, or not UTF-8. */
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
         * The path cannot be decoded (`malformed-request`), or the request carries both a session cookie and a bearer token
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
         * The body is not JSON or not UTF-8, or the path cannot be decoded (`malformed-request`); or the request carries both a
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
        /** The message has another version than `If-Match` asks for. Read it again. */
        MessageChanged: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The caller has no such message. */
        MessageNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** A parameter breaks a rule of this document; `errors` names each fault. */
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
         * The current password is wrong (`wrong-password`), the identity provider's own rules refuse the change
         *     (`rejected-by-policy`), or a page of another site sent the request (`cross-site-request`).
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
        /** The day's quota is used up, so the bot cannot be asked again. */
        QuotaExceeded: {
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
         * The login is too old for this (`recent-login-required`), the identity provider's own rules refuse it
         *     (`rejected-by-policy`), or a page of another site sent the request (`cross-site-request`).
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
         * A parameter breaks a rule of this document, and `errors` names each fault (`validation-failed`); or the message is
         *     longer than the model can read (`message-too-long`).
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
         * The reply takes longer than 50 seconds. Both messages are stored and the generation continues: follow `bot_response` with
         *     `resumeReply`, or read it with `getMessage`.
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
         * The bot is answering already: this message, or another one of the conversation. Follow that reply, cancel it, or repeat the
         *     call after it.
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
         * The caller has no such conversation (`conversation-not-found`); or the message was deleted, which its
         *     `Idempotency-Key` named or the bot was answering (`message-not-found`).
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
         * The request breaks a rule of this document, and `errors` names each fault (`validation-failed`); or the key of an earlier
         *     message came with another one (`idempotency-key-reused`); or the message is longer than the model can read
         *     (`message-too-long`): it is stored, and its reply is `failed`.
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
        /** A system that this one depends on does not answer. Try again. */
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
         * There is no session to go on with: it has expired or was ended (`session-expired`), its refresh cookie was used before
         *     (`refresh-reused`), or there is none (`unauthenticated`). Of the first two the cookies are cleared.
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
        /** A budget is used up; `Retry-After` tells when to try again. */
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
        /** The caller follows as many streams as one may; close one. */
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
        /** The day's quota is used up (`quota-exceeded`), or the caller follows as many streams as one may (`too-many-streams`). */
        TooMuch: {
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
        /** There is no valid session. */
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
        /** The body is not `application/json`, in UTF-8. */
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
        /** The request breaks a rule of this document; `errors` names each fault. */
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
        /** The `next_cursor` of the page before; without it, the first page. */
        CursorInQuery: components["schemas"]["Cursor"];
        /**
         * A word of the caller's choice, such as a UUID, that names this send and no other of the caller's; it is kept for 24 hours
         *     (draft-ietf-httpapi-idempotency-key-header).
         */
        IdempotencyKey: string;
        /**
         * The `ETag` that the message must still have, or several of them, or `*`. A message that was changed meanwhile is answered
         *     with 412 and stays (RFC 9110, section 13.1.1). An `ETag` that a proxy has weakened, or extended by a content coding,
         *     matches as well: `W/"1"` and `"1-gzip"` are `"1"`.
         */
        IfMatch: string;
        /** The conversation; left out, the caller's default one. */
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
         * The id of the bot's reply, or of the message that it answers.
         * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
         */
        ReplyInPath: components["schemas"]["Uuid"];
    };
    requestBodies: never;
    headers: {
        /**
         * How to authenticate (RFC 9110, section 11.6.1).
         * @example Bearer realm="async-chatbot"
         */
        Authenticate: string;
        /**
         * For a client that sent cookies: `__Host-access_token` and `__Host-refresh_token` with new values, or with an expiry in
         *     the past.
         * @example __Host-access_token=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax
         */
        ChangedCookies: string;
        /**
         * The version of the message, as `If-Match` takes it (RFC 9110, section 8.8.3). Proxies that compress may change its form.
         * @example "1"
         */
        ETag: string;
        /**
         * Where the server has quotas: what is left of each, and in how many seconds the next day begins
         *     (draft-ietf-httpapi-ratelimit-headers).
         * @example "messages";r=488;t=43200, "tokens";r=491860;t=43200
         */
        QuotaLeft: string;
        /**
         * Where the server has quotas, each with its amount for a day (draft-ietf-httpapi-ratelimit-headers).
         * @example "messages";q=500;w=86400, "tokens";q=500000;w=86400
         */
        QuotaPolicy: string;
        /**
         * What is left of each budget, and in how many seconds it is whole again (draft-ietf-httpapi-ratelimit-headers).
         * @example "address";r=19;t=60, "email";r=4;t=60
         */
        RateLimit: string;
        /**
         * As `RateLimit` of a success. Present if the operation is rate-limited and the request was counted before it failed.
         * @example "address";r=19;t=60, "email";r=4;t=60
         */
        RateLimitIfCounted: string;
        /**
         * The budgets, each with its quota and its window in seconds (draft-ietf-httpapi-ratelimit-headers).
         * @example "address";q=20;w=60, "email";q=5;w=60
         */
        RateLimitPolicy: string;
        /**
         * As `RateLimit-Policy` of a success. Present if the operation is rate-limited and the request was counted before it
         *     failed.
         * @example "address";q=20;w=60, "email";q=5;w=60
         */
        RateLimitPolicyIfCounted: string;
        /**
         * The id of this request, as it stands in the server's log.
         * @example 0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
         */
        RequestId: string;
        /**
         * After how many seconds to try again (RFC 9110, section 10.2.3).
         * @example 2
         */
        RetryAfter: number;
        /**
         * Where trying again helps, after how many seconds (RFC 9110, section 10.2.3).
         * @example 2
         */
        RetryHint: number;
        /**
         * Two cookies, `__Host-access_token` and `__Host-refresh_token`, which no script can read (RFC 6265). A response that
         *     ends the session sends both with an expiry in the past.
         * @example __Host-access_token=eyJraWQiOiJrMSJ9.eyJzdWIiOiI1YjFmIn0.c2lnbmF0dXJl; Max-Age=2592000; Path=/; Expires=Tue, 22 Dec 2026 07:33:21 GMT; HttpOnly; Secure; SameSite=Lax
         */
        SessionCookies: string;
        /**
         * `no` on streams: tells nginx not to buffer.
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
                /** The `next_cursor` of the page before; without it, the first page. */
                cursor?: components["parameters"]["CursorInQuery"];
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
                     *       "next_cursor": "AZNafP_uexyPCjwtHg-aig"
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
        /** The title, which may be left out. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationDraft"];
            };
        };
        responses: {
            /** The conversation. */
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
            /** The conversation is gone. */
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
            /** The conversation as it now stands. */
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
                /** The `next_cursor` of the page before; without it, the first page. */
                cursor?: components["parameters"]["CursorInQuery"];
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
                /**
                 * Maximum number of items per page. Defaults to 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * `desc` begins with the newest message, `asc` with the oldest. Defaults to `desc`.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /**
                 * A word of the caller's choice, such as a UUID, that names this send and no other of the caller's; it is kept for 24 hours
                 *     (draft-ietf-httpapi-idempotency-key-header).
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** What to say. */
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
            /** The message and the bot's answer, both kept. */
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
            429: components["responses"]["TooMuch"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BotMisconfigured"];
            503: components["responses"]["BotUnavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: {
                /** The conversation; left out, the caller's default one. */
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /**
                 * The `ETag` that the message must still have, or several of them, or `*`. A message that was changed meanwhile is answered
                 *     with 412 and stays (RFC 9110, section 13.1.1). An `ETag` that a proxy has weakened, or extended by a content coding,
                 *     matches as well: `W/"1"` and `"1-gzip"` are `"1"`.
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
            /** The message as it now stands. */
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
            429: components["responses"]["QuotaExceeded"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: {
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /**
                 * The `ETag` that the message must still have, or several of them, or `*`. A message that was changed meanwhile is answered
                 *     with 412 and stays (RFC 9110, section 13.1.1). An `ETag` that a proxy has weakened, or extended by a content coding,
                 *     matches as well: `W/"1"` and `"1-gzip"` are `"1"`.
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
            /** The message is gone. */
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The reply, of which nothing more comes. */
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: {
                /** The `id` of the last event that was received (WHATWG HTML, section 9.2). */
                "Last-Event-ID"?: components["schemas"]["EventId"];
            };
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
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
                /** The conversation; left out, the caller's default one. */
                id_conversation?: components["parameters"]["InConversation"];
            };
            header?: never;
            path: {
                /**
                 * The id of the bot's reply, or of the message that it answers.
                 * @example 01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1
                 */
                id_message: components["parameters"]["ReplyInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The message and the bot's new answer. */
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
            429: components["responses"]["TooMuch"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BotMisconfigured"];
            503: components["responses"]["BotUnavailable"];
        };
    };
    confirmUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address and the code that was sent to it. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "newuser@example.com",
                 *       "code": "123456"
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
    resendConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address. */
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
            /** A code is in the mail, if the address waits for one. */
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
        /** The address and the password of the account. */
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
            /** The session is open; its cookies are set. */
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
            /** No session is open; its cookies are cleared. */
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
            /** No session of the caller is open; the cookies are cleared. */
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
            /** The caller. */
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
            /** The account is gone; the cookies are cleared. */
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
            /** One object per line. */
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
        /** The password as it is and as it shall be. */
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
            /** The password is changed; new cookies are set. */
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
            /** The quotas of the day. */
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
        /** The address of the account. */
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
            /** A code is in the mail, if there is such an account. */
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
        /** The address, the code that was sent to it, and the new password. */
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
            /** The password is changed. */
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
            /** The session goes on; its cookies are set. */
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
        /** The address and the password of the new account. */
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
            /** The account exists. */
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
            /** A code is in the mail, unless the address is taken. */
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
