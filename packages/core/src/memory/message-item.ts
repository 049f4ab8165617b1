import { isRunning, type Message } from '../ports/message.ts';
import type { MemoryMessage } from './table.ts';

/** The message as responses show it: a reply in progress whose lease has ended is `interrupted`. */
export function toMessage({ message, leaseEndMs }: MemoryMessage, now: Date): Message {
  const isAbandoned = isRunning(message.status) && leaseEndMs <= now.getTime();
  return isAbandoned ? { ...message, status: 'interrupted' } : message;
}
