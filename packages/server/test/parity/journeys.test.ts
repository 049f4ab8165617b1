import { it } from 'vitest';
import { journeys } from '../../../sdk/test/support/journeys.ts';
import { realApi } from './apis.ts';

const { baseUrl, send, reply, passes } = await realApi();

it.each(Object.entries(journeys))('a client at the server %s', async (_title, travel) => {
  await travel({ baseUrl, fetch: send, reply, passes });
});
