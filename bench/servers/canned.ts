import type { components } from '@async-chatbot/api-spec';

type Message = components['schemas']['Message'];

/** An item of the messages table, in the format of DynamoDB. */
export type Item = Record<string, { S: string } | { N: string } | { BOOL: boolean }>;

/** The user of every request, in all servers. */
export const USER = { user_id: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21', email: 'ada@example.com' };

/** The newest fifty messages, of a realistic length. */
export const MESSAGES: Message[] = Array.from({ length: 50 }, (_, index) => messageOf(50 - index));

/** Returns the user message with this content and its reply. */
export function exchangeOf(content: string): components['schemas']['Exchange'] {
  return { user_message: { ...messageOf(1), content }, bot_response: messageOf(2) };
}

const PREFIX = 'M#default#';

export function toItem({ id_user, id_message, ...rest }: Message): Item {
  const fields = Object.entries(rest).map(([name, value]) => [name, toAttribute(value)]);
  return { pk: { S: id_user }, sk: { S: PREFIX + id_message }, ...Object.fromEntries(fields) };
}

export function toMessage(item: Item): Message {
  const fields = Object.entries(item).map(([name, value]) => [name, toValue(value)]);
  const { pk, sk, ...rest } = Object.fromEntries(fields);
  return { id_message: sk.slice(PREFIX.length), id_user: pk, ...rest };
}

function toAttribute(value: unknown) {
  if (typeof value === 'number') return { N: String(value) };
  return typeof value === 'string' ? { S: value } : { BOOL: value };
}

function toValue(attribute: Item[string]) {
  if ('N' in attribute) return Number(attribute.N);
  return 'S' in attribute ? attribute.S : attribute.BOOL;
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
    ...(isBot ? { status: 'completed', reply_to: idOf(index - 1) } : { id_reply: idOf(index + 1) }),
  };
}

function idOf(index: number): string {
  return `01935a7d-0c01-7c55-9a02-${index.toString(16).padStart(12, '0')}`;
}
