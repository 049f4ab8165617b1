import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { newId, newUser } from '../messages/samples.ts';
import { onEveryEngine } from '../support/engines.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import { describePieces } from './pieces-contract.ts';
import { type OpenPorts, portsOn } from './ports.ts';
import { describeReplies } from './replies-contract.ts';
import { describeSendKeys } from './send-keys-contract.ts';
import { describeThreadLocks } from './thread-locks-contract.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

function describePorts(name: string, open: OpenPorts): void {
  describe(name, () => {
    describe('replies', () => describeReplies(open));
    describe('pieces', () => describePieces(open));
    describe('send keys', () => describeSendKeys(open));
    describe('thread locks', () => describeThreadLocks(open));
  });
}

onEveryEngine('what turns are kept in', portsOn, describePorts);

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** The ports behind a network that loses an answer whenever it is told to. */
async function behindProxy() {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  const ports = portsOn(dynamoClient({ region: 'local', endpoint: proxy.endpoint }), table)();
  async function losing<T>(call: () => Promise<T>): Promise<T> {
    proxy.set('lost reply');
    const outcome = await call();
    expect(proxy.mode(), 'an answer was lost').toBe('pass');
    return outcome;
  }
  return { ...ports, losing };
}

describe.concurrent('an answer that is lost', () => {
  it('the end of a reply is kept, and counted once', async () => {
    const { replies, losing } = await behindProxy();
    const [thread, id_message] = [{ userId: newUser() }, newId()];
    const reply = { id_message, reply_to: newId(), timestamp: new Date().toISOString() };
    await replies.claim(thread, reply, 60_000);
    const end = { status: 'completed', content: 'canary' } as const;
    const finished = await losing(() => replies.finish({ thread, id_message, run: 1 }, end));
    expect(finished).toMatchObject({ ...end, version: 2 });
    expect((await replies.get(thread, id_message))?.message).toStrictEqual(finished);
  });

  it('a sign of life is one, and a piece is there once', async () => {
    const { replies, pieces, losing } = await behindProxy();
    const [thread, id_message] = [{ userId: newUser() }, newId()];
    const writing = { thread, id_message, run: 1 };
    await replies.claim(thread, { id_message, reply_to: newId(), timestamp: new Date().toISOString() }, 60_000);
    expect(await losing(() => replies.keep(writing, 'canary', 60_000))).toBe(true);
    await losing(() => pieces.append(writing, 0, 'canary'));
    expect(await pieces.since(writing, 0)).toBe('canary');
  });

  it('a key is its taker’s, who may give it back', async () => {
    const { keys, losing } = await behindProxy();
    const [userId, key] = [newUser(), randomUUID()];
    const newSend = () => ({ id_message: newId(), id_reply: newId(), timestamp: new Date().toISOString() });
    const taken = await losing(() => keys.take(userId, key, 'canary', newSend()));
    expect(taken.isOwn).toBe(true);
    await losing(() => keys.release(userId, taken));
    expect((await keys.take(userId, key, 'canary', newSend())).isOwn).toBe(true);
  });

  it('a lock is its taker’s, and free once it is released', async () => {
    const { locks, losing } = await behindProxy();
    const [thread, reply] = [{ userId: newUser() }, newId()];
    expect(await losing(() => locks.take(thread, reply, 60_000))).toBe(true);
    expect(await locks.take(thread, newId(), 60_000)).toBe(false);
    await losing(() => locks.release(thread, reply));
    expect(await locks.take(thread, newId(), 60_000)).toBe(true);
  });
});
