import { type Child, startChild } from './child.ts';
import { ENVIRONMENT, environmentOf } from './environment.ts';
import { imageCommand } from './image-command.ts';

export type ServerName = 'bare' | 'baseline' | 'fastify' | 'express' | 'fast' | 'sdk';

interface ServerKind {
  title: string;
  /** In `servers/`. */
  file: string;
  env?: NodeJS.ProcessEnv;
}

/** The servers that are compared. */
export const SERVERS: Readonly<Record<ServerName, ServerKind>> = {
  bare: { title: 'bare', file: 'bare' },
  baseline: { title: 'bare with headers', file: 'bare-with-headers' },
  fastify: { title: 'Fastify 5', file: 'fastify' },
  express: { title: 'Express 5', file: 'express-stock' },
  fast: { title: 'this server', file: 'app', env: { DYNAMO_CLIENT: 'fast' } },
  sdk: { title: 'this server, AWS SDK', file: 'app', env: { DYNAMO_CLIENT: 'sdk' } },
};

export const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];

/** The canned Cognito and DynamoDB. */
export interface Stub extends Child {
  accessTokens: string[];
  /** Sets how long DynamoDB takes. */
  delay(delayMs: number): Promise<void>;
  /** Returns the requests to DynamoDB since the last call, except for those of the servers themselves. */
  calls(): Promise<string[]>;
}

export async function startStub(): Promise<Stub> {
  const child = await startChild('stub', ENVIRONMENT);
  const { accessTokens = [] } = child;
  return {
    ...child,
    accessTokens,
    delay: async (delayMs) => void (await child.ask({ delayMs })),
    calls: () => child.ask<string[]>({}),
  };
}

/** Starts a file of `servers/`. This server, whose files begin with `app`, gets the flags and the environment of the image. */
export async function startServer(file: string, env: NodeJS.ProcessEnv, flags: string[] = []): Promise<Child> {
  if (!file.startsWith('app')) return startChild(file, env, flags);
  const image = await imageCommand();
  return startChild(file, { ...image.env, ...env }, [...image.flags, ...flags]);
}

/** Starts servers that use this stub. */
export async function startServers<Name extends ServerName>(
  stub: Stub,
  names: readonly Name[],
  env: NodeJS.ProcessEnv = {},
): Promise<Record<Name, Child>> {
  const started: Partial<Record<Name, Child>> = {};
  for (const name of names) {
    const { file, env: own } = SERVERS[name];
    started[name] = await startServer(file, { ...environmentOf(stub), ...own, ...env });
  }
  // The cast: all names have been started.
  return started as Record<Name, Child>;
}
