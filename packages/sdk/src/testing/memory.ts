import { v4, v7 } from 'uuid';
import { accounts } from './accounts.ts';
import type { Memory } from './call.ts';
import { conversations } from './conversations.ts';
import { messages } from './messages.ts';
import { replies } from './replies.ts';
import type { ReplyScripts } from './reply-script.ts';
import { sendKeys } from './send-keys.ts';
import { sessions } from './sessions.ts';
import { turns } from './turns.ts';

/** A memory with nothing in it, and what empties it. */
export function emptyMemory(scripts: ReplyScripts, registration: Memory['registration'], now: () => Date) {
  // Ids sort by time, and by their number within a moment.
  let count = 0;
  const newId = () => v7({ msecs: now().getTime(), seq: count++ });
  const said = messages();
  const deps = {
    messages: said,
    conversations: conversations(now, newId),
    replies: replies(said, scripts),
    keys: sendKeys(now),
    now,
  };
  const memory: Memory = {
    ...deps,
    accounts: accounts(now, v4),
    sessions: sessions(now, v4),
    turns: turns({ ...deps, newId }),
    registration,
  };

  function clear(): void {
    memory.replies.forget(() => true);
    for (const part of [memory.accounts, memory.sessions, memory.conversations, said, deps.keys]) part.clear();
  }

  return { memory, clear };
}
