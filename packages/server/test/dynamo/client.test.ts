/** The time limit of calls that belong to no request, or to a response that is streamed. */
import { getEventListeners } from 'node:events';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { getItem } from '../../src/dynamo/commands.ts';
import { requestContext } from '../../src/request-context.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: TableName = '' } = inject('environment');
const command = getItem({ TableName, Key: { pk: 'canary', sk: 'canary' } });

const context = requestContext();
const client = dynamoClient({ region: 'local', endpoint }, context);

it('a call outside requests has a limit of 3 s, which is cleared after the call', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const clear = vi.spyOn(globalThis, 'clearTimeout');
  onTestFinished(() => void vi.restoreAllMocks());
  await client.send(command);
  const limits = set.mock.results.filter((_, call) => set.mock.calls[call]?.[1] === 3000);
  expect(limits).toHaveLength(1);
  expect(clear).toHaveBeenCalledWith(limits[0]?.value);
});

it('a call of a streamed response stops when the client disconnects, and leaves no listener', async () => {
  const left = new AbortController();
  const inStream = <Result>(run: () => Promise<Result>) =>
    context.run({ signals: { disconnected: () => left.signal } }, run);
  await inStream(() => client.send(command));
  expect(getEventListeners(left.signal, 'abort')).toEqual([]);
  const stopped = inStream(() => client.send(command));
  left.abort();
  await expect(stopped).rejects.toMatchObject({ code: 'service-unavailable' });
});
