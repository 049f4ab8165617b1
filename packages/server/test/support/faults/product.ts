import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished } from 'vitest';
import { faultProxy } from '../proxies/fault-proxy.ts';
import { connect } from '../requests/client.ts';
import { deltaEvent, end, modelServer, type Script, stream } from '../servers/model-server.ts';
import { type ServerProcess, serverProcess, type Vitals } from './server-process.ts';
import { connections, newUser, type User } from './user.ts';

interface ProductOptions {
  /** The bot: the keyword bot, or a model on loopback. */
  bot?: 'keyword' | 'model';
  environment?: Record<string, string>;
  /** What the proxies of DynamoDB and Cognito forward to; by default, the emulators. */
  dynamo?: string;
  cognito?: string;
  /** Whether responses of DynamoDB are lost, so that counters may count a write twice. */
  countersMayDrift?: boolean;
}

/** A server, and what it holds when it is idle. */
export interface WarmServer extends ServerProcess {
  /** A user with a session. */
  user: User;
  idle: Vitals;
}

/** A reservation of tokens that is recognized if it stays in the counters. */
export const RESERVED_TOKENS = 100_000;

export const WORDS = ['Let ', 'me ', 'think ', 'about ', 'that. ', 'Yes.'];

/** A model that takes half a second to reply. */
export const thoughtful: Script = async (res) => {
  stream(res);
  for (const word of WORDS) {
    res.write(deltaEvent(word));
    await sleep(80);
  }
  res.end(end({ prompt_tokens: 30, completion_tokens: 12 }));
};

/** The whole product for one row: servers behind proxies that break their networks, a model, and users. */
export async function openProduct({
  bot = 'keyword',
  environment = {},
  countersMayDrift = false,
  ...upstream
}: ProductOptions = {}) {
  const emulators = inject('environment');
  const dynamo = await faultProxy(upstream.dynamo ?? emulators.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  const cognito = await faultProxy(upstream.cognito ?? emulators.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? '');
  onTestFinished(() => dynamo.close());
  onTestFinished(() => cognito.close());
  let script: Script = thoughtful;
  const model = await modelServer((res, request) => script(res, request));
  const clients = connections();
  onTestFinished(clients.close);
  const processes: ServerProcess[] = [];
  const servers: WarmServer[] = [];
  const users: User[] = [];

  const common = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint,
    BOT_MAX_OUTPUT_TOKENS: String(RESERVED_TOKENS),
    QUOTA_MESSAGES_PER_DAY: '1000000',
    QUOTA_TOKENS_PER_DAY: '1000000000',
    ...(bot === 'model'
      ? { BOT: 'openai-compatible', BOT_MODEL: 'm-1', BOT_BASE_URL: model.baseUrl }
      : { BOT_WORD_DELAY_MS: '80' }),
    ...environment,
  };

  async function startCold(more: Record<string, string> = {}): Promise<ServerProcess> {
    const process = await serverProcess({ ...common, ...more });
    processes.push(process);
    return process;
  }

  async function userOf(server: { baseUrl: string }): Promise<User> {
    const user = await newUser(server, clients.send);
    users.push(user);
    return user;
  }

  /** Closes the connections that are only kept open for later requests. */
  async function closeUnused(): Promise<void> {
    await clients.close();
    for (const proxy of [dynamo, cognito]) proxy.closeIdle();
    await sleep(100);
  }

  return {
    dynamo,
    cognito,
    countersMayDrift,
    model: {
      requests: model.requests,
      respond(next: Script) {
        script = next;
      },
    },
    processes,
    /** Those of the processes that are measured. */
    servers,
    users,
    clients,
    closeUnused,
    newUser: userOf,
    /** A client without a session. */
    client: ({ baseUrl }: { baseUrl: string }) => connect(baseUrl, clients.send),
    /** Starts a server as it is. */
    startCold,

    /** Starts a server, uses it once, and measures what it holds when it is idle again. */
    async start(more?: Record<string, string>): Promise<WarmServer> {
      const process = await startCold(more);
      await expect.poll(async () => (await fetch(`${process.baseUrl}/ready`)).status, { timeout: 10_000 }).toBe(200);
      const user = await userOf(process);
      await user.send();
      await (await user.stream()).ended;
      await closeUnused();
      const server = { ...process, user, idle: await process.vitals() };
      servers.push(server);
      return server;
    },
  };
}

export type Product = Awaited<ReturnType<typeof openProduct>>;
