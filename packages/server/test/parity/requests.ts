import { operations } from '@async-chatbot/api-spec/operations';
import { BODIES } from '../support/bad-bodies.ts';
import { BAD_QUERIES } from '../support/bad-queries.ts';
import { loggedInAs, type Scenario, stranger } from './people.ts';

const ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
const PATHS = [...new Set(Object.values(operations).map(({ path }) => path.replace(/\{\w+\}/, ID)))];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];

export const requests: Record<string, Scenario> = {
  'every method on every path, with and without a slash at its end': loggedInAs(async (ada, api) => {
    const nobody = stranger(api, ada.answers);
    for (const path of [...PATHS, '/users', '/Messages', '/messages/a/b', '//messages'])
      for (const method of METHODS) for (const end of ['', '/']) await nobody.call(method, path + end);
  }),

  'every bad body': loggedInAs(async (ada) => {
    // A stream can be sent once.
    const again = BODIES.filter(({ body }) => !(body instanceof ReadableStream));
    for (const { body, headers = {} } of again) await ada.call('POST', '/messages', { ...(body && { body }), headers });
  }),

  'every bad query': loggedInAs(async (ada) => {
    for (const [path] of BAD_QUERIES) await ada.get(path);
  }),

  'every bad path': loggedInAs(async (ada) => {
    for (const id of ['%', '%E0%A4%A', 'canary', '%00', '..%2F', '*', ID.toUpperCase()])
      await ada.put(`/messages/${id}`, { content: 'canary' });
  }),

  'a body is looked at before the session, and the session before the rest': loggedInAs(async (ada, api) => {
    const nobody = stranger(api, ada.answers);
    await nobody.call('POST', '/messages', { body: 'canary' });
    await nobody.call('POST', '/messages', { json: { content: 1 } });
    await nobody.call('GET', '/messages?limit=0');
    await nobody.call('PUT', '/messages/%', { json: {} });
  }),
};
