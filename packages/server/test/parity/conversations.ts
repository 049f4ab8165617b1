import { loggedInAs, type Scenario } from './people.ts';

const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

export const conversations: Record<string, Scenario> = {
  'conversations are listed, newest first, page by page': loggedInAs(async (ada) => {
    for (const title of ['canary one', 'canary two', 'canary three']) await ada.post('/conversations', { title });
    const { body } = await ada.get('/conversations?limit=2');
    await ada.get(`/conversations?limit=2&cursor=${body.next_cursor}`);
    await ada.get('/conversations?limit=3');
  }),

  'a conversation is called after its first message until it is renamed': loggedInAs(async (ada) => {
    const { id_conversation } = (await ada.post('/conversations', {})).body;
    const path = `/conversations/${id_conversation}`;
    await ada.say(`\n  canary ${'weather '.repeat(20)}\nin Lisbon`, `?id_conversation=${id_conversation}`);
    await ada.get(path);
    await ada.call('PATCH', path, { json: { title: 'canary' } });
    await ada.say('canary again', `?id_conversation=${id_conversation}`);
    await ada.get(path);
    await ada.get('/messages');
    await ada.get(`/messages?id_conversation=${id_conversation}`);
  }),

  'a message is of its conversation alone': loggedInAs(async (ada) => {
    const { id_conversation } = (await ada.post('/conversations', {})).body;
    const { user_message } = await ada.say('canary', `?id_conversation=${id_conversation}`);
    await ada.get(`/messages/${user_message.id_message}`);
    await ada.get(`/messages/${user_message.id_message}?id_conversation=${id_conversation}`);
  }),

  'a conversation is deleted with its messages': loggedInAs(async (ada) => {
    const { id_conversation } = (await ada.post('/conversations', {})).body;
    const { user_message } = await ada.say('canary', `?id_conversation=${id_conversation}`);
    await ada.delete(`/conversations/${id_conversation}`);
    await ada.delete(`/conversations/${id_conversation}`);
    await ada.get(`/conversations/${id_conversation}`);
    await ada.get(`/messages?id_conversation=${id_conversation}`);
    await ada.get(`/messages/${user_message.id_message}?id_conversation=${id_conversation}`);
    await ada.say('canary', `?id_conversation=${id_conversation}`);
  }),

  'nobody has a conversation that was never begun': loggedInAs(async (ada) => {
    await ada.get(`/messages?id_conversation=${UNKNOWN}`);
    await ada.say('canary', `?id_conversation=${UNKNOWN}`);
    await ada.call('PATCH', `/conversations/${UNKNOWN}`, { json: { title: 'canary' } });
  }),
};
