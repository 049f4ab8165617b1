import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@async-chatbot/core/ports/bot';
import type { TurnTimings } from '@async-chatbot/core/turns/turn-timings';
import { createTurns } from '@async-chatbot/core/turns/turns';
import { createUsage } from '@async-chatbot/core/usage';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import type { BotConfig } from './bot/bot-config.ts';
import { createBot } from './bot/create-bot.ts';
import type { ModelError } from './bot/model-error.ts';
import type { ModelSupport } from './bot/model-support.ts';
import { cognitoIdentity } from './cognito/identity.ts';
import { withMinimumDuration } from './cognito/minimum-duration.ts';
import type { Config } from './config/config.ts';
import { dynamoClient } from './dynamo/client.ts';
import { dynamoConversationStore } from './dynamo/conversation-store.ts';
import { dynamoMessageStore } from './dynamo/message-store.ts';
import { dynamoRateLimiter } from './dynamo/rate-limiter.ts';
import { dynamoRevocations } from './dynamo/revocations.ts';
import { dynamoSweeps } from './dynamo/sweeps.ts';
import { tableCheck } from './dynamo/table-check.ts';
import { dynamoTurnStore } from './dynamo/turn-store.ts';
import { dynamoUsageCounters } from './dynamo/usage-counters.ts';
import type { AppDeps } from './http/app.ts';
import { requestContext, requestScope } from './request-context.ts';
import { type SelfCheck, selfCheck } from './self-check.ts';

/** Longer than Cognito takes to send an email, so that response times do not reveal whether one was sent. */
const MINIMUM_MS = 800;

/** Replacements for what the configuration creates. */
export interface Overrides {
  bot?: Bot;
  now?: () => Date;
  timings?: Partial<TurnTimings>;
  /** Responses that could reveal whether an account exists wait for this. */
  minimumDuration?: () => Promise<void>;
}

export interface ServerDeps extends AppDeps {
  /** Repeats deletions that are due. Never rejects. */
  sweep: () => Promise<void>;
  readiness: SelfCheck;
}

/** Creates the configured adapters. */
export function createDeps(
  { cognito, dynamo, limits, bot, quota, replyLimits, messageTtlDays, proxyEnv }: Config,
  log: Logger,
  {
    now = () => new Date(),
    minimumDuration = () => sleep(MINIMUM_MS, undefined, { ref: false }),
    timings,
    ...overrides
  }: Overrides = {},
): ServerDeps {
  const context = requestContext();
  const client = dynamoClient(dynamo, context);
  const { table } = dynamo;
  const options = { table, ttlDays: messageTtlDays };
  const messages = dynamoMessageStore(client, options, now);
  const conversations = dynamoConversationStore(client, options, now);
  const usage = createUsage(dynamoUsageCounters(client, table), quota, now);
  const onRefusal = (support: ModelSupport) => log.warn({ ...modelOf(bot), ...support }, 'model rejected a parameter');
  const turns = createTurns(
    {
      bot: overrides.bot ?? createBot(bot, { proxyEnv, onRefusal }),
      messages,
      conversations,
      store: dynamoTurnStore(client, options, now),
      usage,
      replyLimits,
      // A model reads earlier replies, which must have ended.
      oneReplyAtATime: bot.kind !== 'keyword',
      scope: requestScope(context),
      onFailure: (error) => {
        const requestId = context.getStore()?.id;
        log.warn({ requestId, ...modelOf(bot, error), reason: nameOf(error) }, 'bot failed');
      },
      now,
      newId: uuid,
    },
    timings,
  );
  const identity = withMinimumDuration(
    cognitoIdentity(cognito, dynamoRevocations(client, table, now), now, context),
    minimumDuration,
  );
  const sweeps = dynamoSweeps(client, table, now);
  const onSweepFailure = (error: unknown) => log.warn({ reason: nameOf(error) }, 'a scheduled deletion failed');
  return {
    context,
    identity,
    messages,
    conversations,
    turns,
    usage,
    rateLimiter: dynamoRateLimiter({ ...dynamo, ...limits }, (error) => {
      log.warn({ reason: nameOf(error) }, 'rate limits are counted per process');
    }),
    readiness: selfCheck({ identity, messages, checkTable: tableCheck(client, dynamo, log) }, cognito.issuer, log, now),
    sweep: () => sweeps.run(onSweepFailure).catch(onSweepFailure),
    now,
    newId: uuid,
  };
}

/** The model, with the provider's status and error code. */
function modelOf(bot: BotConfig, error?: unknown) {
  if (bot.kind === 'keyword') return {};
  // The cast: only a `ModelError` has them, but its class is not loaded without a model.
  const { providerStatus: status, providerCode: code } = Object(error) as Partial<ModelError>;
  return { model: bot.model, status, code };
}

/** The error's name and reason or code; its message may quote the conversation. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // The cast: some errors have one of these.
  const { reason, code = '' } = error as Error & { reason?: string; code?: string };
  return `${error.name} ${reason ?? code}`.trim();
}
