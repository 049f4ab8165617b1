import { hash } from 'node:crypto';
import type { Revocations } from '../cognito/revocations.ts';
import type { DynamoClient } from './client.ts';
import { putItem, query } from './commands.ts';
import { REVOCATIONS, timeSortKey } from './keys.ts';

/** An older list is read again in the background. */
const STALE_MS = 500;
/** With an older list, requests wait for the read. */
const TOO_OLD_MS = 900;
/** The maximum difference between the servers' clocks. */
const SKEW_MS = 10_000;
const DEADLINE_MS = 1000;
/** A repeated revocation is not stored again unless it lasts at least this much longer. */
const TOLERANCE_MS = 60 * 60 * 1000;

interface Revoked {
  /** Sessions opened before this time are revoked; for a single session, `Number.MAX_SAFE_INTEGER`. */
  beforeMs: number;
  untilMs: number;
}

/** An item without its sort key. */
interface Entry {
  pk: string;
  key: string;
  before_ms: number;
  expire: number;
}

/**
 * Revocations are a list in the table. Each server caches it in memory, so that most requests read nothing from DynamoDB, and
 * refreshes the cache only while there are requests. During an outage it stays, so sessions ended on this server stay ended.
 */
export function dynamoRevocations(client: DynamoClient, table: string, now: () => Date): Revocations {
  const revoked = new Map<string, Revoked>();
  let readAtMs = Number.NEGATIVE_INFINITY;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  /** Entries that could not be written. The next read retries them. */
  const unwritten = new Map<string, Entry>();

  const nowMs = () => now().getTime();
  const read = () => (reading ??= readNewEntries().finally(() => (reading = undefined)));

  /** Adds the entries written since the last read and deletes expired ones. */
  async function readNewEntries(): Promise<void> {
    const startedAtMs = nowMs();
    triedAtMs = startedAtMs;
    for (const [key, { untilMs }] of revoked) if (untilMs <= startedAtMs) revoked.delete(key);
    await Promise.allSettled([...unwritten.values()].map(write));
    // The clock may have been set back.
    const since = timeSortKey(Math.min(readAtMs, startedAtMs) - SKEW_MS);
    let start: Record<string, unknown> | undefined;
    do {
      const command = query({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk > :since',
        ExpressionAttributeValues: { ':pk': REVOCATIONS, ':since': since },
        ExclusiveStartKey: start,
      });
      const { Items = [], LastEvaluatedKey } = await client.send(command, deadline());
      for (const { key, before_ms, expire } of Items)
        if (expire * 1000 > startedAtMs) add(key, { beforeMs: before_ms, untilMs: expire * 1000 });
      start = LastEvaluatedKey;
    } while (start);
    readAtMs = startedAtMs;
  }

  function add(key: string, entry: Revoked): void {
    const known = revoked.get(key);
    if (!known || known.beforeMs < entry.beforeMs || known.untilMs < entry.untilMs) revoked.set(key, entry);
  }

  async function revoke(key: string, beforeMs: number, forMs: number): Promise<void> {
    const untilMs = nowMs() + forMs;
    const known = revoked.get(key);
    // Repeated logouts must not lengthen the list.
    const isNew = !known || known.beforeMs < beforeMs || known.untilMs < untilMs - TOLERANCE_MS;
    if (!isNew && !unwritten.has(key)) return;

    add(key, { beforeMs, untilMs });
    const entry = { pk: REVOCATIONS, key, before_ms: beforeMs, expire: Math.ceil(untilMs / 1000) };
    unwritten.set(key, entry);
    await write(entry);
  }

  async function write(entry: Entry): Promise<void> {
    // The time of this attempt, even for a retry, since servers only read entries newer than their last read.
    const Item = { ...entry, sk: timeSortKey(nowMs(), entry.key) };
    await client.send(putItem({ TableName: table, Item }), deadline());
    if (unwritten.get(entry.key) === entry) unwritten.delete(entry.key);
  }

  /** Undefined if requests need not wait for it. */
  function refresh(): Promise<void> | undefined {
    const ageMs = Math.abs(nowMs() - Math.max(readAtMs, triedAtMs));
    if (ageMs < STALE_MS && readAtMs > 0) return undefined;
    const done = read().catch((problem: unknown) => {
      if (readAtMs < 0) throw problem;
    });
    return ageMs >= TOO_OLD_MS || readAtMs < 0 ? done : undefined;
  }

  const isRevoked = ({ sessionId, user }: Parameters<Revocations['has']>[0]): boolean =>
    covers(revoked.get(sessionId), user.loggedInAt) ||
    (revoked.size > 0 && covers(revoked.get(keyOfUser(user.id)), user.loggedInAt));

  return {
    async has(session) {
      const refreshed = refresh();
      if (refreshed !== undefined) await refreshed;
      return isRevoked(session);
    },

    async hasNow(session) {
      // A read in progress may have started too early.
      await reading?.catch(() => undefined);
      await read().catch(() => undefined);
      return isRevoked(session);
    },

    revokeSession: (sessionId, forMs) => revoke(sessionId, Number.MAX_SAFE_INTEGER, forMs),
    // Tokens contain the login time in whole seconds, so all logins in this second count as earlier.
    revokeUser: (userId, forMs) => revoke(keyOfUser(userId), Math.floor(nowMs() / 1000 + 1) * 1000, forMs),
  };
}

const deadline = () => ({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });

const covers = (entry: Revoked | undefined, loggedInAt: Date): boolean =>
  entry !== undefined && loggedInAt.getTime() < entry.beforeMs;

/** A hash, since entries outlive the account. */
const keyOfUser = (userId: string): string => hash('sha256', userId, 'base64url');
