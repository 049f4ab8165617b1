import { useChat as useChat7 } from '@ai-sdk/react';
import type { ChatOnFinishCallback } from 'ai';
import { useChat as useChat6 } from 'ai-sdk-react-3';
import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, vi } from 'vitest';
import {
  type AsyncChatTransport,
  type ChatMessage,
  type ChatTransportOptions,
  createChatTransport,
} from '../../src/ai-sdk/index.ts';
import type { Client } from '../../src/index.ts';

type UseChat = typeof useChat7<ChatMessage>;
type Chat = ReturnType<UseChat>;
type OnFinish = ChatOnFinishCallback<ChatMessage>;

/** The hook of each supported version of the AI SDK. */
export const hooks: readonly (readonly [number, UseChat])[] = [
  [7, useChat7],
  // The cast: the tests use what both versions share, but their types are unrelated.
  [6, useChat6 as unknown as UseChat],
];

interface Init {
  client: Client;
  id: string;
  messages?: ChatMessage[];
  resume?: boolean;
  options?: ChatTransportOptions;
}

interface ChatPageProps extends Init {
  useChat: UseChat;
  onFinish: OnFinish;
  onRender: (chat: Chat, transport: AsyncChatTransport) => void;
}

/** A component that creates a transport in each render. */
function ChatPage({ useChat, client, options, onRender, ...init }: ChatPageProps) {
  const transport = createChatTransport(client, options);
  onRender(useChat({ transport, ...init }), transport);
  return null;
}

/** Mounts the hook in a component, and gives the test access to its state. */
export async function mountedChat(useChat: UseChat, { isStrict = false, ...init }: Init & { isStrict?: boolean }) {
  let chat: Chat | undefined;
  let transport: AsyncChatTransport | undefined;
  const ends: Parameters<OnFinish>[0][] = [];
  const root = createRoot(document.createElement('main'));
  const unmount = () => root.unmount();
  onTestFinished(unmount);
  const page = createElement(ChatPage, {
    ...init,
    useChat,
    onFinish: (end) => ends.push(end),
    onRender(...rendered) {
      [chat, transport] = rendered;
    },
  });
  root.render(isStrict ? createElement(StrictMode, null, page) : page);
  await until(() => read(chat));

  return {
    unmount,
    /** The argument of each call of `onFinish`. */
    ends,
    get chat() {
      return read(chat);
    },
    get transport() {
      return read(transport);
    },
    /** Waits until the page shows these messages. */
    shows: (...texts: string[]) => until(() => expect(read(chat).messages.map(textOf)).toEqual(texts)),
    /** Waits until the hook has this status. */
    is: (status: Chat['status']) => until(() => expect(read(chat).status).toBe(status)),
    /** Waits until the hook has an error, and returns it. */
    error: () => until(() => read(read(chat).error)),
  };
}

function read<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The component has not rendered this yet');
  return value;
}

const until = <Value>(check: () => Value) => vi.waitFor(check, { timeout: 5000, interval: 2 });

const textOf = ({ parts }: ChatMessage): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
