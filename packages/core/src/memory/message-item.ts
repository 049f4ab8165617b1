import type { ProblemCode } from '@async-chatbot/shared/problems';
import { type ConversationKey, isRunning, type Message } from '../ports/message.ts';

/** A message or reply with what no response shows. */
export interface MessageItem {
  message: Message;
  run: number;
  /** When the lease of the generation ends, in milliseconds since the epoch. */
  leaseEndsMs: number;
  /** The run that the user wants to stop. */
  cancelledRun?: number | undefined;
  problem?: ProblemCode | undefined;
  keyRecord?: string | undefined;
}

export const messagePrefix = ({ id_conversation = 'default' }: ConversationKey): string => `M#${id_conversation}#`;

export const messageKey = (conversation: ConversationKey, id: string): string => messagePrefix(conversation) + id;

/** The message as the contract has it: a reply whose lease has ended reads as interrupted. */
export function shownMessage({ message, leaseEndsMs }: MessageItem, now: Date): Message {
  const isAbandoned = isRunning(message.status) && leaseEndsMs <= now.getTime();
  return isAbandoned ? { ...message, status: 'interrupted' } : { ...message };
}
