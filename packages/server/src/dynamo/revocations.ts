import { hash } from 'node:crypto';
import { Problem } from '@async-chatbot/shared/problem';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Revocations } from '../cognito/revocations.ts';
import { REVOCATIONS, revocationSortKey } from './keys.ts';

/** From this age on the list is read anew in the background, and from the next on before anything is said. */
const OLD_MS = 500;
const TOO_OLD_MS = 900;
/** How far the servers' clocks may be apart. */
const SKEW_MS = 10_000;
const DEADLINE_MS = 1000;
/** Two ends that are no farther apart count as one. */
const AS_LONG_MS = 60 * 60 * 1000;

interface Revoked {
  /** Sessions that were opened before this moment; of one session, whenever it was. */
  beforeMs: number;
  untilMs: number;
}

/** An item but for its sort key; `expire` is the table's time to live. */
interface Entry {
  pk: string;
  key: string;
  before_ms: number;
  expire: number;
}

/**
 * A list in the one table that every server keeps in memory, so that a request costs no question to DynamoDB. It is read
 * only while there are requests. An outage leaves the list as it was: sessions go on, and those ended here stay ended.
 */
export function dynamoRevocations(client: DynamoDBDocumentClient, table: string, now: () => Date): Revocations {
  const revoked = new Map<string, Revoked>();
  let readAtMs = Number.NEGATIVE_INFINITY;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  /** What could not be written yet; the next reading tries again. */
  const unwritten = new Map<string, Entry>();

  const nowMs = () => now().getTime();
  const read = () => (reading ??= readNews().finally(() => (reading = undefined)));

  /** Brings in what was revoked since the last time, and forgets what has run out. */
  async function readNews(): Promise<void> {
    const startedAtMs = nowMs();
    triedAtMs = startedAtMs;
    for (const [key, { untilMs }] of revoked) if (untilMs <= startedAtMs) revoked.delete(key);
    await Promise.allSettled([...unwritten.values()].map(write));
    // The clock may have been set back.
    const since = revocationSortKey(Math.min(readAtMs, startedAtMs) - SKEW_MS);
    let start: Record<string, unknown> | undefined;
    do {
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk > :since',
        ExpressionAttributeValues: { ':pk': REVOCATIONS, ':since': since },
        ExclusiveStartKey: start,
      });
      const { Items = [], LastEvaluatedKey } = await client.send(command, deadline());
      for (const { key, before_ms, expire } of Items)
        if (expire * 1000 > startedAtMs) keep(key, { beforeMs: before_ms, untilMs: expire * 1000 });
      start = LastEvaluatedKey;
    } while (start);
    readAtMs = startedAtMs;
  }

  function keep(key: string, entry: Revoked): void {
    const known = revoked.get(key);
    if (!known || known.beforeMs < entry.beforeMs || known.untilMs < entry.untilMs) revoked.set(key, entry);
  }

  async function revoke(key: string, beforeMs: number, forMs: number): Promise<void> {
    const untilMs = nowMs() + forMs;
    const known = revoked.get(key);
    // Whoever logs out a thousand times makes no list of a thousand.
    const isNews = !known || known.beforeMs < beforeMs || known.untilMs < untilMs - AS_LONG_MS;
    if (!isNews && !unwritten.has(key)) return;

    keep(key, { beforeMs, untilMs });
    const entry = { pk: REVOCATIONS, key, before_ms: beforeMs, expire: Math.ceil(untilMs / 1000) };
    unwritten.set(key, entry);
    await write(entry).catch((cause: unknown) => {
      throw new Problem('service-unavailable', { cause });
    });
  }

  async function write(entry: Entry): Promise<void> {
    // The time of the writing: others do not look back to when it should have been written.
    const Item = { ...entry, sk: revocationSortKey(nowMs(), entry.key) };
    await client.send(new PutCommand({ TableName: table, Item }), deadline());
    if (unwritten.get(entry.key) === entry) unwritten.delete(entry.key);
  }

  async function bringUpToDate(): Promise<void> {
    const ageMs = Math.abs(nowMs() - Math.max(readAtMs, triedAtMs));
    if (ageMs < OLD_MS && readAtMs > 0) return;
    const done = read().catch((cause: unknown) => {
      if (readAtMs < 0) throw new Problem('service-unavailable', { cause });
    });
    if (ageMs >= TOO_OLD_MS || readAtMs < 0) await done;
  }

  const holds: Revocations['has'] = async ({ sessionId, user }) =>
    covers(revoked.get(sessionId), user.loggedInAt) ||
    (revoked.size > 0 && covers(revoked.get(keyOfUser(user.id)), user.loggedInAt));

  return {
    async has(session) {
      await bringUpToDate();
      return holds(session);
    },

    async hasNow(session) {
      // A reading that is under way may have begun too early.
      await reading?.catch(() => undefined);
      await read().catch(() => undefined);
      return holds(session);
    },

    revokeSession: (sessionId, forMs) => revoke(sessionId, Number.MAX_SAFE_INTEGER, forMs),
    // Tokens tell the second of the login alone, so all logins of this second are taken for earlier.
    revokeUser: (userId, forMs) => revoke(keyOfUser(userId), Math.floor(nowMs() / 1000 + 1) * 1000, forMs),
  };
}

const deadline = () => ({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });

const covers = (entry: Revoked | undefined, loggedInAt: Date): boolean =>
  entry !== undefined && loggedInAt.getTime() < entry.beforeMs;

/** A user's id does not outlive the account in the table. */
const keyOfUser = (userId: string): string => hash('sha256', userId, 'base64url');
