import { expect, onTestFinished } from 'vitest';
import { openStream, textOf } from '../requests/open-stream.ts';
import {
  type CostCase,
  caseOf,
  type LoggedIn,
  newConversation,
  STREAM,
  send,
  sendMany,
  sentPaths,
} from './cost-case.ts';
import { type CostServer, MESSAGE } from './cost-server.ts';

const keyword = caseOf('keyword');
const model = caseOf('model');

/** Sending, and continuing or repeating a reply. */
export const sendCases: CostCase[] = [
  keyword('sendMessage', '', async (user) => () => send(user)),
  keyword('sendMessage', 'with a key', async (user) => () => send(user, { key: 'k' })),
  keyword('sendMessage', 'in a conversation', async (user) => {
    const query = await newConversation(user);
    return () => send(user, { query });
  }),
  keyword('sendMessage', 'in a conversation, with a key', async (user) => {
    const query = await newConversation(user);
    return () => send(user, { query, key: 'k' });
  }),
  keyword('sendMessage', 'in a conversation that does not exist (404)', async (user) => {
    const query = await newConversation(user);
    await user.call('DELETE', `/conversations/${query.split('=')[1]}`);
    return () => send(user, { query });
  }),
  keyword('sendMessage', 'repeat of a key', async (user) => {
    await send(user, { key: 'k' });
    return () => send(user, { key: 'k' });
  }),
  keyword('sendMessage', 'repeat of a key, in a conversation', async (user) => {
    const query = await newConversation(user);
    await send(user, { query, key: 'k' });
    return () => send(user, { query, key: 'k' });
  }),
  keyword('sendMessage', 'stream', async (user) => () => send(user, { isStreamed: true })),
  keyword('sendMessage', 'stream, in a conversation, with a key', async (user) => {
    const query = await newConversation(user);
    return () => send(user, { query, key: 'k', isStreamed: true });
  }),
  model('sendMessage', 'model', async (user) => () => send(user)),
  model('sendMessage', 'model, 10 earlier turns', async (user) => {
    await sendMany(user, 10);
    return () => send(user);
  }),
  model('sendMessage', 'model, in a conversation, with a key', async (user) => {
    const query = await newConversation(user);
    return () => send(user, { query, key: 'k' });
  }),
  model('sendMessage', 'model, stream', async (user) => () => send(user, { isStreamed: true })),
  model('sendMessage', 'model, stream, in a conversation, with a key, 10 earlier turns', async (user) => {
    const query = await newConversation(user);
    await sendMany(user, 10, query);
    return () => send(user, { query, key: 'k', isStreamed: true });
  }),
  model('sendMessage', 'model, while another reply is in progress (409)', async (user, server) => {
    await inProgress(user, server);
    return () => send(user);
  }),

  keyword('regenerateReply', '', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('POST', `${reply}/regenerate`);
  }),
  keyword('regenerateReply', 'by the id of the message', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('POST', `${message}/regenerate`);
  }),
  model('regenerateReply', 'model', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('POST', `${reply}/regenerate`);
  }),
  model('regenerateReply', 'model, stream', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('POST', `${reply}/regenerate`, { headers: STREAM });
  }),

  keyword('resumeReply', 'that has ended', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('GET', `${reply}/events`);
  }),
  keyword('resumeReply', 'that has ended, by the id of the message', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('GET', `${message}/events`);
  }),
  keyword('resumeReply', 'after its last event', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('GET', `${reply}/events`, { headers: { 'last-event-id': '1-end' } });
  }),
  keyword('resumeReply', 'in progress on this server', async (user, server) => {
    const path = await inProgress(user, server);
    return async () => {
      const resumed = await openStream({ ...user, send: server.send }, 'GET', `${path}/events`);
      await expect.poll(() => textOf(resumed.events)).not.toBe('');
      resumed.leave();
      await resumed.ended.catch(() => undefined);
    };
  }),

  keyword('cancelReply', 'that has ended', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('POST', `${reply}/cancel`);
  }),
  keyword('cancelReply', 'in progress on this server', async (user, server) => {
    const path = await inProgress(user, server);
    return () => user.call('POST', `${path}/cancel`);
  }),
];

/** The path of a reply that stays in progress until the test ends. */
async function inProgress(user: LoggedIn, { holdReplies }: CostServer): Promise<string> {
  // Runs after the reply is released.
  onTestFinished(() => stream.ended);
  holdReplies();
  const stream = await openStream(user, 'POST', '/messages', { json: { content: MESSAGE } });
  await expect.poll(() => textOf(stream.events)).not.toBe('');
  return `/messages/${stream.events[1].bot_response.id_message}`;
}
