import { type CostCase, caseOf, newConversation, send, sendMany, sentPaths } from './cost-case.ts';
import { MESSAGE } from './cost-server.ts';

const keyword = caseOf('keyword');
const model = caseOf('model');
const json = { content: MESSAGE };
const IF_MATCH = { headers: { 'if-match': '"1"' } };

/** Messages and conversations. */
export const messageCases: CostCase[] = [
  keyword('listMessages', '50 messages', async (user) => {
    await sendMany(user, 25);
    return () => user.call('GET', '/messages');
  }),
  keyword('listMessages', '50 messages, next page', async (user) => {
    await sendMany(user, 50);
    const { next_cursor } = (await user.call('GET', '/messages')).body;
    return () => user.call('GET', `/messages?cursor=${next_cursor}`);
  }),
  keyword('listMessages', '50 messages, in a conversation', async (user) => {
    const query = await newConversation(user);
    await sendMany(user, 25, query);
    return () => user.call('GET', `/messages${query}`);
  }),
  keyword('getMessage', '', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('GET', message);
  }),
  keyword('editMessage', '', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('PUT', message, { json });
  }),
  keyword('editMessage', 'with `If-Match`', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('PUT', message, { json, ...IF_MATCH });
  }),
  keyword('editMessage', 'with a new reply', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('PUT', message, { json: { ...json, regenerate: true } });
  }),
  model('editMessage', 'with a new reply, model', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('PUT', message, { json: { ...json, regenerate: true } });
  }),
  keyword('deleteMessage', '', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('DELETE', message);
  }),
  keyword('deleteMessage', 'with `If-Match`', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('DELETE', message, IF_MATCH);
  }),
  keyword('deleteMessage', 'that was sent with a key', async (user) => {
    const { message } = await sentPaths(user, { key: 'k' });
    return () => user.call('DELETE', message);
  }),
  keyword('rateReply', '', async (user) => {
    const { reply } = await sentPaths(user);
    return () => user.call('PUT', `${reply}/feedback`, { json: { rating: 'up' } });
  }),
  keyword('rateReply', 'by the id of the message', async (user) => {
    const { message } = await sentPaths(user);
    return () => user.call('PUT', `${message}/feedback`, { json: { rating: 'up' } });
  }),

  keyword('listConversations', '50 conversations', async (user) => {
    await Promise.all(Array.from({ length: 50 }, () => newConversation(user)));
    return () => user.call('GET', '/conversations');
  }),
  keyword('listConversations', '50 conversations, next page', async (user) => {
    await Promise.all(Array.from({ length: 100 }, () => newConversation(user)));
    const { next_cursor } = (await user.call('GET', '/conversations')).body;
    return () => user.call('GET', `/conversations?cursor=${next_cursor}`);
  }),
  keyword('createConversation', '', async (user) => () => newConversation(user)),
  keyword('getConversation', '', async (user) => {
    const path = await conversationPath(user);
    return () => user.call('GET', path);
  }),
  keyword('updateConversation', '', async (user) => {
    const path = await conversationPath(user);
    return () => user.call('PATCH', path, { json: { title: 'canary 2' } });
  }),
  keyword('deleteConversation', 'without messages', async (user) => {
    const path = await conversationPath(user);
    return () => user.call('DELETE', path);
  }),
  keyword('deleteConversation', '20 messages', async (user) => {
    const query = await newConversation(user);
    await sendMany(user, 10, query);
    return () => user.call('DELETE', `/conversations/${query.split('=')[1]}`);
  }),
  keyword('exportData', '50 messages', async (user) => {
    await sendMany(user, 25);
    return () => user.call('GET', '/users/me/export');
  }),
  keyword('exportData', '50 messages, and 4 conversations of 10', async (user) => {
    await sendMany(user, 25);
    for (let n = 0; n < 4; n += 1) await sendMany(user, 5, await newConversation(user));
    return () => user.call('GET', '/users/me/export');
  }),
  keyword('getUsage', 'no quota', async (user) => () => user.call('GET', '/users/me/usage')),
  model('getUsage', 'model', async (user) => {
    await send(user);
    return () => user.call('GET', '/users/me/usage');
  }),
];

const conversationPath = async (user: Parameters<typeof newConversation>[0]): Promise<string> =>
  `/conversations/${(await newConversation(user)).split('=')[1]}`;
