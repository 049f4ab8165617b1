import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import { cognitoIdentity } from './auth/cognito-identity.ts';
import { dynamoRevocations } from './auth/dynamo-revocations.ts';
import { evenTimed } from './auth/even-time.ts';
import type { Bot } from './bot/bot.ts';
import type { BotConfig } from './bot/bot-config.ts';
import { createBot } from './bot/create-bot.ts';
import type { ModelError } from './bot/model-error.ts';
import type { ModelSupport } from './bot/model-support.ts';
import type { Config } from './config.ts';
import { dynamoConversations } from './conversations/dynamo-conversations.ts';
import type { Deps } from './deps.ts';
import { dynamoLimits } from './limits/dynamo-limits.ts';
import { dynamoClient } from './messages/dynamo-client.ts';
import { dynamoStore } from './messages/dynamo-store.ts';
import { botTurns, type TurnTimes } from './turns/bot-turns.ts';
import { dynamoPieces } from './turns/dynamo-pieces.ts';
import { dynamoReplies } from './turns/dynamo-replies.ts';
import { dynamoSendKeys } from './turns/dynamo-send-keys.ts';
import { dynamoThreadLocks } from './turns/dynamo-thread-locks.ts';
import { dynamoUsage } from './usage/dynamo-usage.ts';

/** More than Cognito takes to send a mail, so that it shows in no answer whether one was sent. */
const EVEN_MS = 800;
const even = () => sleep(EVEN_MS, undefined, { ref: false });

/** What may be another one than the configuration asks for. */
export interface Instead {
  bot?: Bot;
  now?: () => Date;
  times?: TurnTimes;
}

/** The adapters that the configuration asks for. */
export function createDeps(
  { cognito, dynamo, limits, bot, quota, messageTtlDays, proxyEnv }: Config,
  log: Logger,
  { now = () => new Date(), times, ...instead }: Instead = {},
): Deps {
  const client = dynamoClient(dynamo);
  const { table } = dynamo;
  const kept = { table, keptDays: messageTtlDays };
  const messages = dynamoStore(client, kept, now);
  const conversations = dynamoConversations(client, kept, now);
  const usage = dynamoUsage(client, { table, quota }, now);
  const onRefusal = (support: ModelSupport) =>
    log.warn({ ...modelOf(bot), ...support }, 'the model refuses a parameter');
  const turns = botTurns(
    {
      bot: instead.bot ?? createBot(bot, { proxyEnv, onRefusal }),
      messages,
      conversations,
      usage,
      replies: dynamoReplies(client, kept, now),
      pieces: dynamoPieces(client, table, now),
      keys: dynamoSendKeys(client, table, now),
      // A model reads what was said before, so it must have been said.
      locks: bot.kind === 'keyword' ? undefined : dynamoThreadLocks(client, table, now),
      onFailure: (error) => log.warn({ ...modelOf(bot, error), reason: nameOf(error) }, 'the bot failed'),
    },
    now,
    uuid,
    times,
  );
  return {
    identity: evenTimed(cognitoIdentity(cognito, dynamoRevocations(client, table, now), now), even),
    messages,
    conversations,
    turns,
    usage,
    limits: dynamoLimits({ ...dynamo, ...limits }, (error) => {
      log.warn({ reason: nameOf(error) }, 'limits are counted by each process alone');
    }),
    now,
    newId: uuid,
  };
}

/** Which model failed, with the provider's status and error code. */
function modelOf(bot: BotConfig, error?: unknown) {
  if (bot.kind === 'keyword') return {};
  // The cast: only a `ModelError` has them, and its file is loaded with the model alone.
  const { providerStatus: status, providerCode: code } = Object(error) as Partial<ModelError>;
  return { model: bot.model, status, code };
}

/** Why, by name and code alone: a message may quote what somebody said. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // The cast: some errors have one of these.
  const { reason, code = '' } = error as Error & { reason?: string; code?: string };
  return `${error.name} ${reason ?? code}`.trim();
}
