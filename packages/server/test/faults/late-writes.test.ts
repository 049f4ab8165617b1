/** Writes that DynamoDB does not process, or processes late. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '@async-chatbot/shared/deferred';
import { expect, inject, onTestFinished } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import { expectUnavailable, HUNG_MS } from '../support/faults/outage.ts';
import { partialBatchProxy } from '../support/proxies/partial-batch-proxy.ts';
import { typesOf } from '../support/requests/open-stream.ts';
import { deltaEvent, end, stream } from '../support/servers/model-server.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

/** More calls than fit into the deadline of 3 s with exponential backoff. */
const MAX_CALLS = 15;

faultRow(
  'C2',
  {
    fault: 'DynamoDB processes no items of batches',
    criterion: `503 after at most ${MAX_CALLS} calls, with none afterwards; on SIGTERM, the server responds with the 503 and exits with 0`,
  },
  async (open) => {
    let isLimited = false;
    const front = await partialBatchProxy(dynalite, (items) => (isLimited ? 0 : items));
    onTestFinished(front.close);
    const product = await open({ dynamo: front.endpoint });
    const { user: ada } = await product.start();
    const stopping = await product.startCold();
    expect((await ada.at(stopping).send()).status).toBe(201);
    isLimited = true;
    const before = front.calls();
    const { ms, result } = await timed(() => ada.send({ key: randomUUID() }));
    expectUnavailable(result);
    expect(ms).toBeLessThan(HUNG_MS);
    const calls = front.calls() - before;
    expect(calls).toBeGreaterThan(3);
    expect(calls).toBeLessThanOrEqual(MAX_CALLS);
    await sleep(1500);
    expect(front.calls() - before).toBe(calls);

    const sent = ada.at(stopping).send({ key: randomUUID() });
    await expect.poll(() => front.calls() - before).toBeGreaterThan(calls);
    const shutdown = await timed(async () => {
      stopping.signal('SIGTERM');
      expectUnavailable(await sent);
      expect(await stopping.ended).toMatchObject({ code: 0, stderr: '' });
    });
    expect(shutdown.ms).toBeLessThan(HUNG_MS);
    isLimited = false;
    return `503 after ${calls} calls and ${seconds(ms)}; exit ${seconds(shutdown.ms)} after SIGTERM`;
  },
);

const AWAY_MS = 7000;

faultRow(
  'C7',
  {
    fault: `DynamoDB is unreachable for ${seconds(AWAY_MS)} when a reply ends`,
    criterion: 'the stream ends with the complete reply, and the reply is stored',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const { user: ada } = await product.start();
    const released = deferred<void>();
    product.model.respond(async (res) => {
      stream(res, deltaEvent('First '), deltaEvent('and last.'));
      await released.promise;
      res.end(end({ prompt_tokens: 30, completion_tokens: 12 }));
    });
    const sent = await ada.stream();
    await expect.poll(() => typesOf(sent.events), { timeout: HUNG_MS }).toContain('reply-delta');
    product.dynamo.set('reset');
    released.resolve();
    await sleep(AWAY_MS);
    product.dynamo.set('pass');
    const { ms } = await timed(() => sent.ended);
    const reply = { status: 'completed', content: 'First and last.', finish_reason: 'stop' };
    expect(sent.events.at(-1)).toMatchObject({ type: 'reply-completed', bot_response: reply });
    expect((await ada.call('GET', '/messages')).body.messages[0]).toMatchObject(reply);
    return `completed ${seconds(ms)} after DynamoDB was back`;
  },
);
