import type { Identity } from '@async-chatbot/core/ports/identity';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import type { Dependency, Readiness } from '@async-chatbot/core/ports/readiness';
import { Problem } from '@async-chatbot/shared/problem';
import type { Logger } from 'pino';

/** The first check loads the AWS clients, so it leaves this time to the requests that waited for the server to start. */
const FIRST_MS = 100;
/** The time between two checks, before and after the first success. */
const RETRY_MS = 2000;
const CHECK_MS = 60_000;

const PROBE = 'self-check';

/** Checks what the server depends on, from its start until its shutdown. */
export interface SelfCheck extends Readiness {
  /** Logs the first result, and every change. */
  start(): void;
  /** Reports that the server takes no more requests. */
  stop(): void;
}

interface Checked {
  identity: Identity;
  messages: MessageStore;
  /** Rejects if the table does not meet the requirements of the stores. */
  checkTable: () => Promise<void>;
}

export function selfCheck(
  { identity, messages, checkTable }: Checked,
  issuer: string,
  log: Logger,
  now: () => Date,
): SelfCheck {
  /** Each resolves if the dependency responds as it should to a request for something that does not exist. */
  const checks: Record<string, () => Promise<unknown>> = {
    table: async () => {
      await checkTable();
      await messages.get({ userId: PROBE }, PROBE);
    },
    'signing-keys': () => expectProblem('unauthenticated', identity.verify({ accessToken: unsignedToken(issuer) })),
    'app-client': () => expectProblem('session-expired', identity.refresh({ refreshToken: PROBE })),
  };
  const results = new Map<string, { isOk: boolean; checkedAtMs: number }>();
  let hasSucceeded = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function check(dependency: string, run: () => Promise<unknown>): Promise<boolean> {
    const error = await run().then(
      () => undefined,
      (failure: unknown) => failure,
    );
    const isOk = error === undefined;
    const before = results.get(dependency);
    if (!isOk && before?.isOk !== false) log.error({ dependency, reason: reasonOf(error) }, 'dependency failed');
    if (isOk && before?.isOk === false) log.info({ dependency }, 'dependency is back');
    results.set(dependency, { isOk, checkedAtMs: now().getTime() });
    return isOk;
  }

  async function checkAll(): Promise<void> {
    const all = await Promise.all(Object.entries(checks).map(([name, run]) => check(name, run)));
    if (!hasSucceeded && all.every(Boolean)) {
      hasSucceeded = true;
      log.info({ dependencies: Object.keys(checks) }, 'ready');
    }
    if (!isStopped) timer = setTimeout(checkAll, hasSucceeded ? CHECK_MS : RETRY_MS).unref();
  }

  return {
    start() {
      timer = setTimeout(checkAll, FIRST_MS).unref();
    },

    stop() {
      isStopped = true;
      clearTimeout(timer);
    },

    report: () => ({
      isReady: hasSucceeded && !isStopped,
      dependencies: Object.keys(checks).flatMap((name): Dependency[] => {
        const { isOk, checkedAtMs = 0 } = results.get(name) ?? {};
        const age_seconds = Math.max(0, Math.round((now().getTime() - checkedAtMs) / 1000));
        return isOk === undefined ? [] : [{ name, status: isOk ? 'OK' : 'FAILED', age_seconds }];
      }),
    }),
  };
}

async function expectProblem(code: string, request: Promise<unknown>): Promise<void> {
  const problem = await request.then(
    () => new Error('The request should have failed'),
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem) || problem.code !== code) throw problem;
}

/** Well-formed, so that the signing keys are needed to reject it. */
function unsignedToken(iss: string): string {
  const parts = [{ alg: 'RS256', kid: PROBE }, { iss }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, 'AAAA'].join('.');
}

/** The name and code of the error or its cause; messages may contain hosts and keys. */
function reasonOf(error: unknown): string {
  const { cause = error } = Object(error) as { cause?: unknown };
  // The cast: Node's and the AWS SDK's errors may have these.
  const { name = 'unknown', code = '' } = Object(cause) as { name?: string; code?: string };
  return `${name} ${code}`.trim();
}
