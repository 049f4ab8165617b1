import { useChat } from '@ai-sdk/react';
import type { AsyncChatTransport, ChatMessage } from '@async-chatbot/sdk/ai-sdk';

export function Chat({ transport, history }: { transport: AsyncChatTransport; history: ChatMessage[] }) {
  const chat = useChat({ id: 'default', transport, messages: history, resume: true });
  const isBusy = chat.status === 'submitted' || chat.status === 'streaming';
  const isEmpty = chat.messages.length === 0;
  return (
    <main>
      <div role="log" aria-label="Conversation" aria-busy={isBusy}>
        {chat.messages.map(({ id, role, parts }) => (
          <p key={id} className={role}>
            {parts.map((part) => part.type === 'text' && part.text)}
          </p>
        ))}
      </div>
      <p role="alert">{chat.error?.message}</p>
      <form action={(form) => void chat.sendMessage({ text: `${form.get('content')}` })}>
        <input name="content" aria-label="Message" placeholder="Say hello…" autoComplete="off" required />
        {isBusy && <input type="button" value="Stop" onClick={() => transport.cancel('default')} />}
        {!isBusy && <input type="submit" value="Send" />}
        <input type="button" value="Regenerate" disabled={isBusy || isEmpty} onClick={() => chat.regenerate()} />
      </form>
    </main>
  );
}
