import { describe, expect, it } from 'vitest';
import { replyChunks } from '../../src/ai-sdk/reply-chunks.ts';
import type { Message, ReplyEvent } from '../../src/index.ts';

const id_message = '01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1';
const metadata = {
  id_message,
  id_user: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21',
  timestamp: '2026-11-22T07:33:21.026Z',
  is_bot: true,
  version: 1,
};
const reply = (content: string, rest: Partial<Message> = {}): Message => ({ ...metadata, content, ...rest });
const started: ReplyEvent = { type: 'reply-started', bot_response: reply('') };
const delta = (text: string): ReplyEvent => ({ type: 'reply-delta', delta: text });

async function* each(...events: ReplyEvent[]) {
  yield* events;
}

async function chunksOf(...events: ReplyEvent[]) {
  const chunks: unknown[] = [];
  for await (const chunk of replyChunks(each(...events))) chunks.push(chunk);
  return chunks;
}

describe('replyChunks', () => {
  it.each(['stop', 'length', 'content-filter', 'other'] as const)(
    'converts a reply with finish reason %s',
    async (finish_reason) => {
      const end = { status: 'completed', finish_reason } as const;
      const completed: ReplyEvent = { type: 'reply-completed', bot_response: reply('Hello Ada!', end) };
      expect(await chunksOf(started, delta('Hello'), delta(' Ada!'), completed)).toEqual([
        { type: 'start', messageId: id_message, messageMetadata: metadata },
        { type: 'start-step' },
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: 'Hello' },
        { type: 'text-delta', id: '1', delta: ' Ada!' },
        { type: 'text-end', id: '1' },
        { type: 'finish-step' },
        { type: 'finish', finishReason: finish_reason, messageMetadata: { ...metadata, ...end } },
      ]);
    },
  );

  it('discards the text of an earlier generation', async () => {
    const cancelled: ReplyEvent = { type: 'reply-cancelled', bot_response: reply('Two', { status: 'cancelled' }) };
    expect(await chunksOf(started, delta('One'), started, delta('Two'), cancelled)).toEqual([
      { type: 'start', messageId: id_message, messageMetadata: metadata },
      { type: 'start-step' },
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: 'One' },
      { type: 'text-end', id: '1' },
      { type: 'reset-step' },
      { type: 'text-start', id: '2' },
      { type: 'text-delta', id: '2', delta: 'Two' },
      { type: 'text-end', id: '2' },
      { type: 'finish-step' },
      { type: 'finish', finishReason: 'other', messageMetadata: { ...metadata, status: 'cancelled' } },
    ]);
  });

  it('ends with the metadata of a failed reply', async () => {
    const bot_response = reply('One', { status: 'failed' });
    const problem = {
      type: 'canary',
      title: 'canary',
      status: 503,
      code: 'bot-unavailable',
      detail: 'canary',
      instance: 'canary',
      request_id: 'canary',
    } as const;
    const chunks = await chunksOf(started, delta('One'), { type: 'reply-failed', bot_response, problem });
    expect(chunks.slice(-2)).toEqual([
      { type: 'text-end', id: '1' },
      { type: 'message-metadata', messageMetadata: { ...metadata, status: 'failed' } },
    ]);
  });
});
