import { createClient } from '@async-chatbot/sdk';
import { type ChatMessage, createChatTransport } from '@async-chatbot/sdk/ai-sdk';
import { StrictMode, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.tsx';
import { Login } from './login.tsx';
import './style.css';

const client = createClient({ baseUrl: 'http://localhost:8000' });
const transport = createChatTransport(client, { conversationOf: () => undefined });

function App() {
  const [history, setHistory] = useState<ChatMessage[] | 'none'>();
  const load = useCallback(() => transport.loadMessages('default').then(setHistory, () => setHistory('none')), []);
  useEffect(() => void load(), [load]);
  if (history === 'none') return <Login client={client} onLogin={load} />;
  return history && <Chat transport={transport} history={history} />;
}

createRoot(document.body).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
