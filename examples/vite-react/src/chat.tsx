import type { Client } from '@async-chatbot/sdk';
import { useChat } from './use-chat.ts';

/** The conversation, and a form to go on with it. */
export function Chat({ client }: { readonly client: Client }) {
  const { messages, error, isLoaded, isReplying, send, cancel } = useChat(client);

  return (
    <main>
      <div role="log" aria-label="Conversation" aria-busy={isReplying}>
        {messages.map(({ content, is_bot }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever put behind the others.
          <p key={index} className={is_bot ? 'bot' : 'person'}>
            {content}
          </p>
        ))}
      </div>
      <p role="alert">{error instanceof Error && error.message}</p>
      <form action={(form) => send(`${form.get('content')}`)}>
        <input name="content" aria-label="Message" placeholder="Say hello…" autoComplete="off" required />
        {isReplying ? (
          <button type="button" onClick={cancel}>
            Stop
          </button>
        ) : (
          <button type="submit" disabled={!isLoaded}>
            Send
          </button>
        )}
      </form>
    </main>
  );
}
