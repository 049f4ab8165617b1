import type { components } from '@async-chatbot/api-spec';

export type Message = components['schemas']['Message'];

/** An item of the messages table, in the format of DynamoDB. */
export type Item = Record<string, { S: string } | { N: string } | { BOOL: boolean }>;

/** The user of the canned messages. */
export const USER = { user_id: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21', email: 'ada@example.com' };

/** The newest fifty messages, of a realistic length. */
export const MESSAGES: Message[] = Array.from({ length: 50 }, (_, index) => messageOf(50 - index));

/** What the keyword bot replies to every message of the benchmark. */
export const REPLY = 'Hello! How can I help you today?';

export const PREFIX = 'M#default#';

export function toItem({ id_user, id_message, ...rest }: Message): Item {
  return marshal({ pk: id_user, sk: PREFIX + id_message, ...rest });
}

/** The format of DynamoDB. */
export function marshal(fields: object): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') item[name] = { S: value };
    else if (typeof value === 'number') item[name] = { N: String(value) };
    else if (typeof value === 'boolean') item[name] = { BOOL: value };
  }
  return item;
}

function messageOf(index: number): Message {
  const isBot = index % 2 === 0;
  return {
    id_message: idOf(index),
    id_user: USER.user_id,
    content: isBot ? 'Hello! How can I help you today?' : `Hello, chatbot! Is it message number ${index} already?`,
    timestamp: new Date(Date.UTC(2026, 10, 22, 7, 0, index)).toISOString(),
    is_bot: isBot,
    version: isBot ? 2 : 1,
    ...(isBot
      ? { status: 'completed', finish_reason: 'stop', reply_to: idOf(index - 1) }
      : { id_reply: idOf(index + 1) }),
  };
}

function idOf(index: number): string {
  return `01935a7d-0c01-7c55-9a02-${index.toString(16).padStart(12, '0')}`;
}
