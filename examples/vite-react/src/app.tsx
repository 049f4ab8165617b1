import { createClient } from '@async-chatbot/sdk';
import { useEffect, useState } from 'react';
import { Chat } from './chat.tsx';
import { Login } from './login.tsx';

/** The conversation, once somebody is logged in. */
export function App({ baseUrl }: { readonly baseUrl: string }) {
  const [isLoggedIn, setLoggedIn] = useState<boolean>();
  const [client] = useState(() => createClient({ baseUrl, onSessionEnd: () => setLoggedIn(false) }));

  // The cookies of an earlier visit may still be good; only a call can tell.
  useEffect(() => {
    const leaving = new AbortController();
    const tell = (isIn: boolean) => () => leaving.signal.aborted || setLoggedIn(isIn);
    client.users.me({ signal: leaving.signal }).then(tell(true), tell(false));
    return () => leaving.abort();
  }, [client]);

  if (isLoggedIn === undefined) return null;
  return isLoggedIn ? <Chat client={client} /> : <Login client={client} onLogin={() => setLoggedIn(true)} />;
}
