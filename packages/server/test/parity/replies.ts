import { loggedInAs, type Scenario } from './people.ts';

const json = { content: 'canary' };
const SLOW = { deltas: ['Good', ' day'], end: 'never' } as const;
const pathOf = (events: { bot_response?: { id_message: string } }[]) =>
  `/messages/${events.find(({ bot_response }) => bot_response)?.bot_response?.id_message}`;

export const replies: Record<string, Scenario> = {
  'a reply comes word by word, and goes on behind any of its events': loggedInAs(async (ada, api) => {
    api.reply({ deltas: ['Good', ' day', ' 👋🏽!'], delayMs: 30 });
    const { events, ended } = await ada.stream('POST', '/messages', { json });
    await ended;
    for (const { id } of events) {
      const headers = id === undefined ? {} : { 'last-event-id': id };
      await (await ada.stream('GET', `${pathOf(events)}/events`, { headers })).ended;
    }
    for (const id of ['1-2', '1-999', '7-3', '0-0'])
      await (await ada.stream('GET', `${pathOf(events)}/events`, { headers: { 'last-event-id': id } })).ended;
  }),

  'a bot that fails keeps what it said, and may be asked again': loggedInAs(async (ada, api) => {
    api.reply({ deltas: ['Good'], end: 'failed' });
    const { events, ended } = await ada.stream('POST', '/messages', { json });
    await ended;
    await ada.get(pathOf(events));
    api.reply({ deltas: ['Hel'], end: 'failed' });
    await ada.post(`${pathOf(events)}/regenerate`);
    api.reply({ deltas: [] });
    await ada.post(`${pathOf(events)}/regenerate`);
    await ada.post(`${pathOf(events)}/regenerate`);
  }),

  'a bot that its provider refuses, or that cannot read so much, says so': loggedInAs(async (ada, api) => {
    for (const problem of ['bot-misconfigured', 'message-too-long'] as const) {
      api.reply({ deltas: [], end: 'failed', problem });
      await ada.post('/messages', json);
      api.reply({ deltas: ['Half'], end: 'failed', problem });
      const { events, ended } = await ada.stream('POST', '/messages', { json });
      await ended;
      await (await ada.stream('GET', `${pathOf(events)}/events`)).ended;
    }
  }),

  'a reply says why the bot stopped, until another one takes its place': loggedInAs(async (ada, api) => {
    for (const finishReason of ['length', 'content-filter', 'other'] as const) {
      api.reply({ deltas: ['Half a'], finishReason });
      const { events, ended } = await ada.stream('POST', '/messages', { json });
      await ended;
      await ada.get(pathOf(events));
      await ada.post(`${pathOf(events)}/regenerate`);
    }
    api.reply({ deltas: [], finishReason: 'length' });
    await ada.post('/messages', json);
  }),

  'a reply that is written anew begins anew for those who saw the old one': loggedInAs(async (ada, api) => {
    const { user_message } = await ada.say();
    const path = `/messages/${user_message.id_message}`;
    api.reply({ deltas: ['Anew'] });
    await (await ada.stream('POST', `${path}/regenerate`)).ended;
    await (await ada.stream('GET', `${path}/events`, { headers: { 'last-event-id': '1-5' } })).ended;
    await ada.post('/messages/01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b/regenerate');
  }),

  'a bot that is answering is cancelled, and keeps what it said': loggedInAs(async (ada, api) => {
    api.reply(SLOW);
    const { events, ended, told } = await ada.stream('POST', '/messages', { json });
    await told('Good day');
    await ada.post(`${pathOf(events)}/cancel`);
    await ended;
    await ada.post(`${pathOf(events)}/cancel`);
    await ada.post('/messages/01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b/cancel');
  }),

  'a send that waits is answered with what was said when it is cancelled': loggedInAs(async (ada, api) => {
    api.reply(SLOW);
    const sent = api.send(`${api.baseUrl}/messages`, {
      method: 'POST',
      headers: { cookie: [...ada.jar].map((pair) => pair.join('=')).join('; '), 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    await ada.until(async () => (await ada.peek('/messages')).messages.length === 2);
    const [reply] = (await ada.peek('/messages')).messages;
    const seen = await ada.stream('GET', `/messages/${reply.id_message}/events`);
    await seen.told('Good day');
    await ada.post(`/messages/${reply.id_message}/cancel`);
    await seen.ended;
    const response = await sent;
    ada.answers.push({ status: response.status, headers: response.headers, body: await response.json() });
  }),

  'a bot stops when its message is deleted, or its conversation': loggedInAs(async (ada, api) => {
    api.reply(SLOW);
    const { events, ended, told } = await ada.stream('POST', '/messages', { json });
    await told('Good day');
    await ada.delete(`/messages/${events[0].user_message.id_message}`);
    await ended;
    const { id_conversation } = (await ada.post('/conversations', {})).body;
    api.reply(SLOW);
    const other = await ada.stream('POST', `/messages?id_conversation=${id_conversation}`, { json });
    await other.told('Good day');
    await ada.delete(`/conversations/${id_conversation}`);
    await other.ended;
  }),

  'one message of a conversation is answered at a time': loggedInAs(async (ada, api) => {
    api.reply(SLOW);
    const { events, ended, told } = await ada.stream('POST', '/messages', { json });
    await told('Good day');
    const key = { 'idempotency-key': 'canary-2' };
    await ada.say('canary', '', key);
    await ada.post(`${pathOf(events)}/regenerate`);
    await ada.put(`/messages/${events[0].user_message.id_message}`, { content: 'canary', regenerate: true });
    await ada.put(`/messages/${events[0].user_message.id_message}`, { content: 'canary again' });
    const { id_conversation } = (await ada.post('/conversations', {})).body;
    await ada.say('canary', `?id_conversation=${id_conversation}`);
    await ada.post(`${pathOf(events)}/cancel`);
    await ended;
    await ada.say('canary', '', key);
  }),

  'a repeat with the key of a reply that is being written is the same turn': loggedInAs(async (ada, api) => {
    const headers = { 'idempotency-key': 'canary-3' };
    api.reply(SLOW);
    const first = await ada.stream('POST', '/messages', { json, headers });
    await first.told('Good day');
    const second = await ada.stream('POST', '/messages', { json, headers });
    await second.told('Good day');
    await ada.post(`${pathOf(first.events)}/cancel`);
    await first.ended;
    await second.ended;
  }),

  'a person follows three streams at once': loggedInAs(async (ada, api) => {
    api.reply(SLOW);
    const first = await ada.stream('POST', '/messages', { json });
    await first.told('Good day');
    const path = `${pathOf(first.events)}/events`;
    const others = [await ada.stream('GET', path), await ada.stream('GET', path)];
    await ada.get(path, { accept: 'text/event-stream' });
    for (const { leave, ended } of others) {
      leave();
      await ended.catch(() => undefined);
    }
    await ada.until(async () => {
      const again = await ada.stream('GET', path).catch(() => undefined);
      again?.leave();
      await again?.ended.catch(() => undefined);
      return again?.status === 200;
    });
    await ada.post(`${pathOf(first.events)}/cancel`);
    await first.ended;
  }),
};
