import type { Client, Message, ReplyStream } from '@async-chatbot/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';

/** What is shown of a message. */
export type Said = Pick<Message, 'content' | 'is_bot'>;

/** The conversation: what was said, and the reply that comes word by word, after a reload too. */
export function useChat(client: Client) {
  const [messages, setMessages] = useState<readonly Said[]>([]);
  const [isLoaded, setLoaded] = useState(false);
  const [reply, setReply] = useState<ReplyStream>();
  const [error, setError] = useState<unknown>();
  const mounted = useRef<AbortSignal>(AbortSignal.abort());

  /** Shows a reply behind what was said before, each time it has grown. */
  const follow = useCallback(async (stream: ReplyStream, before: readonly Said[]) => {
    setReply(stream);
    let content = '';
    for await (const event of stream) {
      // It may come again: then the bot has begun anew.
      if (event.type === 'reply-started') content = '';
      if (event.type === 'reply-delta') content += event.delta;
      setMessages([...before, { content, is_bot: true }]);
    }
  }, []);

  /** Does something whose failure is shown, unless there is nobody left to show it to. */
  const attempt = useCallback((signal: AbortSignal, act: () => Promise<void>) => {
    setError(undefined);
    act()
      .catch((reason: unknown) => signal.aborted || setError(reason))
      .finally(() => signal.aborted || setReply(undefined));
  }, []);

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    mounted.current = signal;
    attempt(signal, async () => {
      const latest = (await client.messages.list({ limit: 50 }, { signal })).messages.reverse();
      setMessages(latest);
      setLoaded(true);
      const last = latest.at(-1);
      if (last?.status !== 'pending' && last?.status !== 'streaming') return;
      await follow(client.messages.resume(last.id_message, { signal }), latest.slice(0, -1));
    });
    return () => leaving.abort();
  }, [client, attempt, follow]);

  return {
    messages,
    error,
    isLoaded,
    isReplying: reply !== undefined,
    cancel: () => reply?.cancel().catch(setError),
    send(content: string) {
      const { current: signal } = mounted;
      const before = [...messages, { content, is_bot: false }];
      attempt(signal, () => follow(client.messages.stream({ content }, { signal }), before));
    },
  };
}
