import { Problem } from '@async-chatbot/shared/problem';
import type { Thread } from './messages.ts';

const DAY_MS = 86_400_000;

/** What was sent under an idempotency key. */
interface Sent {
  request: string;
  id_message: string;
  endsAtMs: number;
}

export type SendKeys = ReturnType<typeof sendKeys>;

/** Which message each idempotency key of a user stands for, for 24 hours. */
export function sendKeys(now: () => Date) {
  const sent = new Map<string, Sent>();
  const nameOf = ({ userId }: Thread, key: string) => `${userId} ${key}`;
  const requestOf = ({ id_conversation }: Thread, content: string) => JSON.stringify([id_conversation, content]);

  return {
    /** The id of the message that was sent under the key before. Throws `idempotency-key-reused` if it was another one. */
    find(thread: Thread, key: string, content: string): string | undefined {
      const found = sent.get(nameOf(thread, key));
      if (!found || found.endsAtMs <= now().getTime()) return undefined;
      if (found.request !== requestOf(thread, content)) throw new Problem('idempotency-key-reused');
      return found.id_message;
    },

    keep(thread: Thread, key: string, content: string, id_message: string): void {
      const request = requestOf(thread, content);
      sent.set(nameOf(thread, key), { request, id_message, endsAtMs: now().getTime() + DAY_MS });
    },

    clear: (): void => sent.clear(),
  };
}
