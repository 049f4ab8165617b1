import type { ProxyEnv } from 'node:http';
import * as z from 'zod';

/** The variables by which Node.js reaches others through a proxy; of the last three, the spelling in lower case wins. */
export const proxyVariables = {
  NODE_USE_ENV_PROXY: z.enum(['0', '1']).optional(),
  HTTP_PROXY: z.string().optional(),
  HTTPS_PROXY: z.string().optional(),
  NO_PROXY: z.string().optional(),
};

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** What a client of ours needs that has an agent of its own; undefined where no proxy is asked for. */
export function proxyEnvOf(environment: NodeJS.ProcessEnv): ProxyEnv | undefined {
  if (environment.NODE_USE_ENV_PROXY !== '1') return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, environment[name]]).filter(([, value]) => value));
}
