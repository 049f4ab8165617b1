/** The journeys of the SDK's tests, run on the real server. */
import { it } from 'vitest';
import { journeys } from '../../../sdk/test/support/journeys.ts';
import { scriptedServer } from './both-hosts.ts';

const { baseUrl, send, reply, passes } = await scriptedServer();

it.each(Object.entries(journeys))('a client of the server %s', async (_title, travel) => {
  await travel({ baseUrl, fetch: send, reply, passes });
});
