// B15: every optional property accepts `undefined`, even with `exactOptionalPropertyTypes`.
import {
  type CallOptions,
  type ChangeOptions,
  type ClientOptions,
  createClient,
  type MessageOptions,
  type ResumeOptions,
  type SendOptions,
} from '@async-chatbot/sdk';
import { createMockServer, type MockFault, type MockServerOptions, type ReplyScript } from '@async-chatbot/sdk/testing';

const clientOptions: ClientOptions = {
  baseUrl: 'http://localhost:8000',
  fetch: undefined,
  headers: undefined,
  token: undefined,
  session: undefined,
  maxRetries: undefined,
  timeoutMs: undefined,
  signal: undefined,
  middleware: undefined,
  onSessionEnd: undefined,
};
const options: CallOptions = { signal: undefined, timeoutMs: undefined, maxRetries: undefined, headers: undefined };
const messageOptions: MessageOptions = { ...options, id_conversation: undefined };
const sendOptions: SendOptions = { ...messageOptions, idempotencyKey: undefined };
const changeOptions: ChangeOptions = { ...messageOptions, ifMatch: undefined };
const resumeOptions: ResumeOptions = { ...messageOptions, lastEventId: undefined };

const mockOptions: MockServerOptions = { baseUrl: undefined, registration: undefined, now: undefined };
const transport = { delayMs: undefined, cutAfterBytes: undefined, chunkBytes: undefined, times: undefined };
const faults: MockFault[] = [
  transport,
  { ...transport, problem: 'internal-error', retryAfterSeconds: undefined },
  { ...transport, connection: 'refused', problem: undefined, status: undefined },
  { ...transport, status: 502, body: undefined, headers: undefined },
];
const script: ReplyScript = {
  deltas: ['Hello'],
  delayMs: undefined,
  end: undefined,
  finishReason: undefined,
  problem: undefined,
  pauseAfterDeltas: undefined,
  cutAfterDeltas: undefined,
};

export async function everything(id: string) {
  const server = createMockServer(mockOptions);
  for (const fault of faults) server.fault('*', fault);
  server.reply(script);
  const { conversations, health, messages, users, request } = createClient(clientOptions);
  await conversations.list({ limit: undefined, cursor: undefined }, options).toArray({ limit: undefined });
  await conversations.create({ title: undefined }, options);
  await health.get(undefined);
  await messages.list({ limit: undefined, cursor: undefined, order: undefined, id_conversation: undefined }, undefined);
  await messages.send({ content: 'Hello' }, sendOptions);
  await messages.stream({ content: 'Hello' }, sendOptions).text();
  await messages.edit(id, { content: 'Hello', regenerate: undefined }, changeOptions);
  await messages.delete(id, changeOptions);
  await messages.resume(id, resumeOptions).text();
  await messages.regenerateStream(id, messageOptions).text();
  await messages.rate(id, { rating: 'up', note: undefined }, messageOptions);
  await users.me(options);
  await request('listMessages', { ...options, query: undefined });
  await request('listMessages', { query: { limit: undefined, order: undefined } });
  await request('createConversation', { body: { title: undefined } });
  await request('editMessage', {
    ...options,
    path: { id_message: id },
    query: { id_conversation: undefined },
    header: { 'If-Match': undefined },
    body: { content: 'Hello', regenerate: undefined },
  });
  // @ts-expect-error: a required property may not be `undefined`
  await messages.rate(id, { rating: undefined });
  // @ts-expect-error: a required property may not be `undefined`
  await request('sendMessage', { body: { content: undefined } });
}
