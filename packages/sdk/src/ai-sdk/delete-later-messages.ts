import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import { undefinedIfUnknown } from './refusal.ts';

/** Deletes all messages after a message and its reply. */
export async function deleteLaterMessages(
  client: Client,
  id_message: string,
  { id_conversation, ...options }: MessageOptions,
): Promise<void> {
  const conversation = id_conversation === undefined ? {} : { id_conversation };
  const later: string[] = [];
  for await (const message of client.messages.list(conversation, options)) {
    // Later messages have larger ids.
    if (message.id_message <= id_message) break;
    if (!message.is_bot) later.push(message.id_message);
  }
  // The newest first, so that a failure leaves no gap. Deleting a user message deletes its reply.
  for (const id of later) await client.messages.delete(id, { ...options, ...conversation }).catch(undefinedIfUnknown);
}
