// Generated from openapi.yaml by `pnpm generate`. Do not edit.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell that the process is alive
         * @description Answers without asking any other system, so it fits a container's liveness probe.
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
         * @description Answers a page of the caller's messages and the bot's answers, newest first. Where older ones are left,
         *     `next_cursor` is there: send it back as `cursor` for the next page. A message that was acknowledged is in the
         *     next list.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message and get the bot's answer
         * @description Keeps the message, asks the bot, keeps its answer, and answers with both.
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
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Change the text of a message
         * @description Replaces the text of a message that the caller sent. The bot's messages cannot be edited.
         */
        put: operations["editMessage"];
        post?: never;
        /**
         * Delete a message
         * @description Deletes a message for good. With a message that the caller sent goes the bot's answer to it.
         */
        delete: operations["deleteMessage"];
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
         * @description Proves by the e-mailed code that the address is the caller's. The account can then log in.
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
         * @description E-mails a new code to an address that waits for its confirmation. The answer is the same for every other address.
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
         * @description Checks the password and sets the session's cookies. The tokens are in HTTP-only cookies alone, never in a body.
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
         * @description Clears the session's cookies, revokes its refresh token, and within a second no server takes its access token any
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
         * @description Ends every session of the caller, on every device, this one too. Within a second no server takes their tokens any more.
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
         * @description Answers with the caller's own id and e-mail address.
         */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        /**
         * Delete the account of the caller
         * @description Erases the account and every message of the caller for good, and ends all sessions. It needs a login that is younger than
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
         * @description Streams everything that is stored about the caller as newline-delimited JSON: one object per line, first the account, then
         *     the messages, newest first. A stream that breaks off ends without its last chunk, so it is never taken for whole.
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
         * @description Sets a new password and ends every other session of the caller; this one goes on with new cookies.
         */
        put: operations["changePassword"];
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
         * @description E-mails a code for `resetPassword` to the address of an account. The answer is the same for every other address.
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
         * @description Sets a new password, proved by the e-mailed code, and ends every session of the account. Log in afterwards.
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
         * @description Exchanges the refresh cookie for a new pair of cookies; the old refresh cookie is good for another 30 seconds, so that
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
         * @description Creates an account from an e-mail address and a password. A server with open registration answers 201: the account
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
        /** @description The account is gone. */
        AccountDeleted: {
            /**
             * @description For people to read.
             * @example Account deleted
             * @constant
             */
            message: "Account deleted";
        };
        /** @description Whatever there is to send is in the mail. */
        CheckEmail: {
            /**
             * @description For people to read.
             * @example Check your e-mail
             * @constant
             */
            message: "Check your e-mail";
        };
        /** @description What proves that an address is the caller's. */
        Confirmation: {
            code: components["schemas"]["ConfirmationCode"];
            email: components["schemas"]["Email"];
        };
        /**
         * @description The code that was e-mailed.
         * @example 123456
         */
        ConfirmationCode: string;
        /** @description The address is confirmed. */
        Confirmed: {
            /**
             * @description For people to read.
             * @example E-mail address confirmed
             * @constant
             */
            message: "E-mail address confirmed";
        };
        /**
         * @description The text of a message, kept to the letter, spaces included; 1 to 8000 code points.
         * @example Hello, chatbot!
         */
        Content: string & components["schemas"]["PlainText"];
        /** @description What proves who somebody is. */
        Credentials: {
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
        };
        /** @description A place in a list. Opaque; use it as it came. */
        Cursor: string;
        /** @description The message is gone. */
        DeletedMessage: {
            id_message: components["schemas"]["MessageId"];
            /**
             * @description Always `deleted`.
             * @example deleted
             * @constant
             */
            status: "deleted";
        };
        /**
         * Format: email
         * @description An e-mail address (RFC 5321 length).
         * @example newuser@example.com
         */
        Email: string;
        /** @description The e-mail address of an account. */
        EmailOnly: {
            email: components["schemas"]["Email"];
        };
        /** @description A message and the bot's answer to it. */
        Exchange: {
            bot_response: components["schemas"]["Message"];
            user_message: components["schemas"]["Message"];
        };
        /** @description A line of an export; which property it has says what it is. */
        ExportedItem: {
            user: components["schemas"]["User"];
        } | {
            message: components["schemas"]["Message"];
        };
        /** @description One fault of an invalid request. Either `pointer` or `parameter` says where it is. */
        Fault: {
            /**
             * @description The rule that was broken, by its JSON Schema keyword.
             * @example minLength
             */
            code: string;
            /**
             * @description The rule in words, for people to read.
             * @example must NOT have fewer than 1 characters
             */
            message: string;
            /**
             * @description Which path or query parameter.
             * @example limit
             */
            parameter?: string;
            /**
             * Format: json-pointer
             * @description Where in the body, as a JSON Pointer (RFC 6901); empty for the body as a whole.
             * @example /content
             */
            pointer?: string;
        };
        /** @description The process is alive. */
        Health: {
            /**
             * @description Always `OK`.
             * @example OK
             * @constant
             */
            status: "OK";
        };
        /** @description The session is open. */
        LoggedIn: {
            /**
             * @description For people to read.
             * @example Login successful
             * @constant
             */
            message: "Login successful";
        };
        /** @description The session is closed. */
        LoggedOut: {
            /**
             * @description For people to read.
             * @example Logout successful
             * @constant
             */
            message: "Logout successful";
        };
        /** @description Something that was said, by the caller or by the bot. */
        Message: {
            content: components["schemas"]["Content"];
            /** @description When its text was last changed; absent if it never was. */
            edited_at?: components["schemas"]["Timestamp"];
            id_message: components["schemas"]["MessageId"];
            /** @description On a message of the caller, the id of the bot's answer to it. */
            id_reply?: components["schemas"]["MessageId"];
            /** @description Whose conversation this is part of, for the bot's messages too. */
            id_user: components["schemas"]["UserId"];
            /**
             * @description Whether the bot said it.
             * @example false
             */
            is_bot: boolean;
            /** @description On a message of the bot, the id of the message it answers. */
            reply_to?: components["schemas"]["MessageId"];
            /** @description When it was said. */
            timestamp: components["schemas"]["Timestamp"];
        };
        /** @description A message to be sent, or its new text. */
        MessageDraft: {
            content: components["schemas"]["Content"];
        };
        /**
         * Format: uuid
         * @description A message's id, a UUID of version 7 in lower case; later messages have larger ids (RFC 9562).
         * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
         */
        MessageId: string;
        /** @description A page of messages, newest first. */
        MessagePage: {
            /** @description The messages, newest first. */
            messages: components["schemas"]["Message"][];
            /** @description Where the next page begins; absent on the last page. */
            next_cursor?: components["schemas"]["Cursor"];
        };
        /**
         * Format: password
         * @description At least eight characters, at least one of them a digit, no space at either end.
         * @example Password123
         */
        NewPassword: string & (unknown & unknown & components["schemas"]["PlainText"]);
        /** @description What an account is made of. */
        NewUser: {
            email: components["schemas"]["Email"];
            password: components["schemas"]["NewPassword"];
        };
        /**
         * Format: password
         * @description The account's password.
         * @example Password123
         */
        Password: string & components["schemas"]["PlainText"];
        /** @description The password as it is and as it shall be. */
        PasswordChange: {
            current_password: components["schemas"]["Password"];
            new_password: components["schemas"]["NewPassword"];
        };
        /** @description The password is changed. */
        PasswordChanged: {
            /**
             * @description For people to read.
             * @example Password changed
             * @constant
             */
            message: "Password changed";
        };
        /** @description What proves that the account is the caller's, and its new password. */
        PasswordReset: {
            code: components["schemas"]["ConfirmationCode"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["NewPassword"];
        };
        /**
         * @description Well-formed Unicode without the NUL character.
         * @example Hello
         */
        PlainText: string;
        /** @description What went wrong (RFC 9457). */
        Problem: {
            code: components["schemas"]["ProblemCode"];
            /**
             * @description This occurrence of the problem, for people to read.
             * @example You have no message with this id.
             */
            detail: string;
            /** @description Every fault of an invalid request. */
            errors?: components["schemas"]["Fault"][];
            /**
             * Format: uri-reference
             * @description This occurrence of the problem, as a URN of the request's id.
             * @example urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
             */
            instance: string;
            /**
             * Format: uuid
             * @description The `X-Request-Id` of this answer.
             * @example 0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
             */
            request_id: string;
            /**
             * Format: int32
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /**
             * @description The problem in a few words; the same for the same `code`.
             * @example No such message
             */
            title: string;
            /**
             * Format: uri-reference
             * @description Where the problem is explained, relative to this server.
             * @example /problems#message-not-found
             */
            type: string;
        };
        /**
         * @description The problem as a stable word. Every code is explained on the page that `type` names. A later version may add
         *     codes; let `status` decide what to do with one you do not know.
         * @example message-not-found
         * @enum {string}
         */
        ProblemCode: "ambiguous-credentials" | "body-too-large" | "bot-message-not-editable" | "challenge-required" | "code-invalid" | "cross-site-request" | "email-not-confirmed" | "email-taken" | "headers-too-large" | "internal-error" | "invalid-credentials" | "malformed-request" | "message-not-found" | "method-not-allowed" | "not-found" | "password-reset-required" | "recent-login-required" | "refresh-reused" | "rejected-by-policy" | "request-timeout" | "service-unavailable" | "session-expired" | "too-many-requests" | "unauthenticated" | "unsupported-media-type" | "validation-failed" | "wrong-password";
        /** @description The account exists. */
        Registered: {
            /**
             * @description For people to read.
             * @example User created successfully
             * @constant
             */
            message: "User created successfully";
        };
        /** @description The session goes on. */
        SessionRefreshed: {
            /**
             * @description For people to read.
             * @example Session refreshed
             * @constant
             */
            message: "Session refreshed";
        };
        /**
         * Format: date-time
         * @description A moment in UTC with milliseconds (RFC 3339).
         * @example 2026-11-22T07:33:21.025Z
         */
        Timestamp: string;
        /** @description Somebody with an account. */
        User: {
            email: components["schemas"]["Email"];
            user_id: components["schemas"]["UserId"];
        };
        /**
         * @description A user's id, the `sub` of the access token.
         * @example 5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21
         */
        UserId: string;
    };
    responses: {
        /**
         * @description A page of another site sent the request (`cross-site-request`), or the identity provider's own rules refuse it
         *     (`rejected-by-policy`).
         */
        AccountRefused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#rejected-by-policy",
                 *       "title": "The identity provider refuses this",
                 *       "status": 403,
                 *       "detail": "A rule of the identity provider refuses the request.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "rejected-by-policy",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request carries both a session cookie and a bearer token. */
        AmbiguousCredentials: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#ambiguous-credentials",
                 *       "title": "Two credentials at once",
                 *       "status": 400,
                 *       "detail": "Send either the session cookie or a bearer token, not both.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "ambiguous-credentials",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 64 KB. */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#body-too-large",
                 *       "title": "The body is too large",
                 *       "status": 413,
                 *       "detail": "A body may have 64 KB at the most.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "body-too-large",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The bot said it, so it cannot be edited. */
        BotMessageNotEditable: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#bot-message-not-editable",
                 *       "title": "The bot's messages cannot be edited",
                 *       "status": 409,
                 *       "detail": "Only messages that you sent can be edited.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "bot-message-not-editable",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be read, or the code is wrong, has expired or was used (`code-invalid`). */
        CodeRefused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#code-invalid",
                 *       "title": "The code is not valid",
                 *       "status": 400,
                 *       "detail": "The code is wrong, has expired or was used. Ask for a new one.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "code-invalid",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A page of another site sent the request, and its origin is not one that may call. */
        CrossSiteRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#cross-site-request",
                 *       "title": "A page of another site may not do this",
                 *       "status": 403,
                 *       "detail": "Call from the API's own origin, or from one that the server is configured to allow.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "cross-site-request",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An account with this address exists. */
        EmailTaken: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#email-taken",
                 *       "title": "The e-mail address is taken",
                 *       "status": 409,
                 *       "detail": "An account with this e-mail address exists. Log in instead.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "email-taken",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed. Nothing in the request is the cause. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#internal-error",
                 *       "title": "Something went wrong on our side",
                 *       "status": 500,
                 *       "detail": "The request failed through no fault of yours.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "internal-error",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The address and the password do not belong together. */
        InvalidCredentials: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "WWW-Authenticate": components["headers"]["Authenticate"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#invalid-credentials",
                 *       "title": "Wrong e-mail address or password",
                 *       "status": 401,
                 *       "detail": "No account has this e-mail address and password.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "invalid-credentials",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The account cannot log in this way: its address is not confirmed, its password must be reset, or the identity
         *     provider asks for a further step. Or a page of another site sent the request (`cross-site-request`).
         */
        LoginRefused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#email-not-confirmed",
                 *       "title": "The e-mail address is not confirmed",
                 *       "status": 403,
                 *       "detail": "Confirm the e-mail address, then log in.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "email-not-confirmed",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be read, or it carries both a cookie and a bearer token. */
        MalformedRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#malformed-request",
                 *       "title": "The request cannot be read",
                 *       "status": 400,
                 *       "detail": "The body is not valid JSON.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "malformed-request",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller has no such message. */
        MessageNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#message-not-found",
                 *       "title": "No such message",
                 *       "status": 404,
                 *       "detail": "You have no message with this id.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "message-not-found",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The current password is wrong (`wrong-password`), the identity provider's own rules refuse the change
         *     (`rejected-by-policy`), or a page of another site sent the request (`cross-site-request`).
         */
        PasswordRefused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#wrong-password",
                 *       "title": "The current password is wrong",
                 *       "status": 403,
                 *       "detail": "The password was not changed, since the current one is wrong.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "wrong-password",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The login is too old for this (`recent-login-required`), or a page of another site sent the request
         *     (`cross-site-request`).
         */
        RecentLoginRequired: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#recent-login-required",
                 *       "title": "Log in anew for this",
                 *       "status": 403,
                 *       "detail": "The login is older than five minutes. Log in again, then repeat the request.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "recent-login-required",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A system that this one depends on does not answer. Try again. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#service-unavailable",
                 *       "title": "The service is unavailable for the moment",
                 *       "status": 503,
                 *       "detail": "Try again in a few seconds.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "service-unavailable",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description There is no session to go on with: it has expired or was ended, its refresh cookie was used before (`refresh-reused`), or
         *     there is none (`unauthenticated`). The cookies are cleared.
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
                /**
                 * @example {
                 *       "type": "/problems#session-expired",
                 *       "title": "The session is over",
                 *       "status": 401,
                 *       "detail": "The session has expired or was ended. Log in again.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "session-expired",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A budget is used up; `Retry-After` tells when to try again. */
        TooManyRequests: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#too-many-requests",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "Wait as many seconds as Retry-After says, then try again.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "too-many-requests",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no valid session. */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["Authenticate"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#unauthenticated",
                 *       "title": "Log in first",
                 *       "status": 401,
                 *       "detail": "There is no valid session. Refresh it or log in, then try again.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "unauthenticated",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not `application/json`. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#unsupported-media-type",
                 *       "title": "The body has the wrong content type",
                 *       "status": 415,
                 *       "detail": "Send the body as application/json.",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "unsupported-media-type",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request breaks a rule of this document; `errors` names each fault. */
        ValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems#validation-failed",
                 *       "title": "The request is not valid",
                 *       "status": 422,
                 *       "detail": "/content must NOT have fewer than 1 characters",
                 *       "instance": "urn:uuid:0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "code": "validation-failed",
                 *       "request_id": "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b",
                 *       "errors": [
                 *         {
                 *           "pointer": "/content",
                 *           "code": "minLength",
                 *           "message": "must NOT have fewer than 1 characters"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description How to authenticate (RFC 9110, section 11.6.1).
         * @example Bearer realm="async-chatbot"
         */
        Authenticate: string;
        /**
         * @description For a caller who came with cookies: `__Host-access_token` and `__Host-refresh_token` with new values, or with an
         *     expiry in the past.
         * @example __Host-access_token=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax
         */
        ChangedCookies: string;
        /**
         * @description What is left of each budget, and in how many seconds it is whole again (draft-ietf-httpapi-ratelimit-headers).
         * @example "address";r=19;t=60, "email";r=4;t=60
         */
        RateLimit: string;
        /**
         * @description The budgets, each with its quota and its window in seconds (draft-ietf-httpapi-ratelimit-headers).
         * @example "address";q=20;w=60, "email";q=5;w=60
         */
        RateLimitPolicy: string;
        /**
         * @description The id of this request, as it stands in the server's log.
         * @example 0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b
         */
        RequestId: string;
        /**
         * @description After how many seconds to try again (RFC 9110, section 10.2.3).
         * @example 2
         */
        RetryAfter: number;
        /**
         * @description `__Host-access_token` and `__Host-refresh_token`: HttpOnly, Secure, SameSite, `Path=/` (RFC 6265). What ends the
         *     session sends both with an expiry in the past.
         * @example __Host-access_token=…; Path=/; HttpOnly; Secure; SameSite=Lax
         */
        SessionCookies: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
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
            422: components["responses"]["ValidationFailed"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before; without it, the first page. */
                cursor?: components["schemas"]["Cursor"];
                /**
                 * @description How many messages a page holds at the most.
                 * @example 50
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
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
                     *           "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                     *         },
                     *         {
                     *           "id_message": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b",
                     *           "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *           "content": "Hello, chatbot!",
                     *           "timestamp": "2026-11-22T07:33:21.025Z",
                     *           "is_bot": false,
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
            422: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What to say. */
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
            /** @description The message and the bot's answer, both kept. */
            201: {
                headers: {
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
                     *         "id_reply": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1"
                     *       },
                     *       "bot_response": {
                     *         "id_message": "01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1",
                     *         "id_user": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *         "content": "Hello! How can I help you today?",
                     *         "timestamp": "2026-11-22T07:33:21.026Z",
                     *         "is_bot": true,
                     *         "reply_to": "01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Exchange"];
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
    editMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        /** @description The new text. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Updated message content."
                 *     }
                 */
                "application/json": components["schemas"]["MessageDraft"];
            };
        };
        responses: {
            /** @description The message as it now stands. */
            200: {
                headers: {
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
            409: components["responses"]["BotMessageNotEditable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The message's id.
                 * @example 01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b
                 */
                id_message: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is gone. */
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
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSiteRequest"];
            404: components["responses"]["MessageNotFound"];
            422: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirmUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The address and the code that was sent to it. */
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
            /** @description The address is confirmed. */
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
            422: components["responses"]["ValidationFailed"];
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
        /** @description The address. */
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
            /** @description A code is in the mail, if the address waits for one. */
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
            400: components["responses"]["MalformedRequest"];
            403: components["responses"]["AccountRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
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
        /** @description The address and the password of the account. */
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
            /** @description The session is open; its cookies are set. */
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
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["InvalidCredentials"];
            403: components["responses"]["LoginRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
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
            /** @description No session is open; its cookies are cleared. */
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
            422: components["responses"]["ValidationFailed"];
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
            /** @description No session of the caller is open; the cookies are cleared. */
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
            403: components["responses"]["AccountRefused"];
            422: components["responses"]["ValidationFailed"];
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
            /** @description The caller. */
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
            422: components["responses"]["ValidationFailed"];
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
            /** @description The account is gone; the cookies are cleared. */
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
            422: components["responses"]["ValidationFailed"];
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
            /** @description One object per line. */
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
                     *       "user": {
                     *         "user_id": "5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21",
                     *         "email": "newuser@example.com"
                     *       }
                     *     }
                     */
                    "application/x-ndjson": components["schemas"]["ExportedItem"];
                };
            };
            400: components["responses"]["AmbiguousCredentials"];
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["ValidationFailed"];
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
        /** @description The password as it is and as it shall be. */
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
            /** @description The password is changed; new cookies are set. */
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
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The address of the account. */
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
            /** @description A code is in the mail, if there is such an account. */
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
            400: components["responses"]["MalformedRequest"];
            403: components["responses"]["AccountRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
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
        /** @description The address, the code that was sent to it, and the new password. */
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
            /** @description The password is changed. */
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
            422: components["responses"]["ValidationFailed"];
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
            /** @description The session goes on; its cookies are set. */
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
            422: components["responses"]["ValidationFailed"];
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
        /** @description The address and the password of the new account. */
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
            /** @description The account exists. */
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
            /** @description A code is in the mail, unless the address is taken. */
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
            400: components["responses"]["MalformedRequest"];
            403: components["responses"]["AccountRefused"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
