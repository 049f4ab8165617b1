import { loggedInAs, type Scenario } from './people.ts';

/** And the second that is begun. */
const DAY_MS = 86_401_000;
const KEY = { 'idempotency-key': 'canary-1' };
const UNKNOWN = '/messages/01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

export const messages: Record<string, Scenario> = {
  'messages are kept and listed, page by page, from either end': loggedInAs(async (ada) => {
    for (const content of ['canary one', 'canary two', 'canary three']) await ada.say(content);
    await ada.get('/messages');
    for (const order of ['desc', 'asc']) {
      let query = `?limit=4&order=${order}`;
      for (let page = 0; page < 2; page += 1) {
        const { body } = await ada.get(`/messages${query}`);
        query = `?limit=4&order=${order}&cursor=${body.next_cursor}`;
      }
    }
    await ada.get('/messages?limit=6');
  }),

  'a message is edited in the version that is meant': loggedInAs(async (ada) => {
    const { user_message, bot_response } = await ada.say();
    const path = `/messages/${user_message.id_message}`;
    await ada.put(path, { content: 'canary again' }, { 'if-match': '"2"' });
    await ada.put(path, { content: 'canary again' }, { 'if-match': 'W/"2"' });
    await ada.put(path, { content: 'canary again' }, { 'if-match': '"7", "1"' });
    await ada.put(path, { content: 'canary and again' }, { 'if-match': '*' });
    await ada.put(path, { content: 'canary at last' });
    await ada.put(`/messages/${bot_response.id_message}`, { content: 'canary' });
    await ada.put(UNKNOWN, { content: 'canary' });
    await ada.get(path);
  }),

  'B2: a message is edited and deleted with its tag as proxies make it': loggedInAs(async (ada) => {
    const path = `/messages/${(await ada.say()).user_message.id_message}`;
    await ada.put(path, { content: 'canary 2' }, { 'if-match': 'W/"1"' });
    await ada.put(path, { content: 'canary 3' }, { 'if-match': '"7-gzip", "2-gzip"' });
    await ada.put(path, { content: 'canary 4' }, { 'if-match': '"3;gzip"' });
    await ada.put(path, { content: 'canary 5' }, { 'if-match': '"3--gzip"' });
    await ada.delete(path, { 'if-match': 'W/"4-br"' });
  }),

  'an edited message is answered anew where that is asked for': loggedInAs(async (ada, api) => {
    const { user_message, bot_response } = await ada.say();
    const path = `/messages/${user_message.id_message}`;
    await ada.put(path, { content: 'canary', regenerate: true }, { 'if-match': '"2"' });
    api.reply({ deltas: ['Anew'] });
    await ada.put(path, { content: 'canary again', regenerate: true }, { 'if-match': '"1"' });
    const { ended } = await ada.stream('GET', `${path}/events`);
    await ended;
    await ada.get(`/messages/${bot_response.id_message}`);
    await ada.put(`/messages/${bot_response.id_message}`, { content: 'canary', regenerate: true });
  }),

  'a message is deleted with its reply, in the version that is meant': loggedInAs(async (ada) => {
    const { user_message, bot_response } = await ada.say();
    await ada.delete(`/messages/${user_message.id_message}`, { 'if-match': '"2"' });
    await ada.delete(`/messages/${user_message.id_message}`, { 'if-match': '"1"' });
    await ada.delete(`/messages/${user_message.id_message}`);
    await ada.get(`/messages/${bot_response.id_message}`);
    await ada.get('/messages');
  }),

  'a reply that was deleted by itself is written again': loggedInAs(async (ada) => {
    const { user_message, bot_response } = await ada.say();
    await ada.delete(`/messages/${bot_response.id_message}`);
    await ada.get(`/messages/${user_message.id_message}/events`);
    await ada.post(`/messages/${user_message.id_message}/cancel`);
    await ada.post(`/messages/${user_message.id_message}/regenerate`);
    await ada.get('/messages');
  }),

  'a reply is rated, by its own id or by that of its message': loggedInAs(async (ada) => {
    const { user_message, bot_response } = await ada.say();
    await ada.put(`/messages/${bot_response.id_message}/feedback`, { rating: 'up', note: 'canary' });
    await ada.put(`/messages/${user_message.id_message}/feedback`, { rating: 'down' });
    await ada.put(`${UNKNOWN}/feedback`, { rating: 'down' });
  }),

  'a key stands for one message and its reply, for a day': loggedInAs(async (ada, api) => {
    await ada.say('canary hello', '', KEY);
    await ada.say('canary hello', '', KEY);
    await ada.say('canary other', '', KEY);
    await ada.get('/messages');
    api.passes(DAY_MS);
    await ada.post('/users/refresh');
    await ada.say('canary other', '', KEY);
  }),

  'a key brings no message back that was deleted': loggedInAs(async (ada) => {
    const { user_message } = await ada.say('canary hello', '', KEY);
    await ada.delete(`/messages/${user_message.id_message}`);
    await ada.say('canary hello', '', KEY);
  }),

  'a key finishes a reply that failed': loggedInAs(async (ada, api) => {
    api.reply({ deltas: ['Hel'], end: 'failed' });
    await ada.say('canary hello', '', KEY);
    await ada.get('/messages');
    api.reply({ deltas: ['Hello'] });
    await ada.say('canary hello', '', KEY);
    await ada.say('canary hello', '', KEY);
  }),

  'a key is of one person': loggedInAs(async (ada, api) => {
    await ada.say('canary hello', '', KEY);
    const play = loggedInAs(async (bob) => void (await bob.say('canary other', '', KEY)));
    ada.answers.push(...(await play(api)));
  }),

  'all is exported, conversation by conversation, and the usage is told': loggedInAs(async (ada) => {
    await ada.say();
    for (const title of ['canary one', 'canary two']) {
      const { id_conversation } = (await ada.post('/conversations', { title })).body;
      await ada.say('canary', `?id_conversation=${id_conversation}`);
    }
    await ada.get('/users/me/export');
    // The day is the same unless it ends just now.
    await ada.get('/users/me/usage');
  }),
};
