import type { ProxyEnv } from 'node:http';
import * as z from 'zod';

/** Node.js's variables for an outgoing proxy. For the last three, lowercase names take precedence. */
export const proxyVariables = {
  NODE_USE_ENV_PROXY: z.enum(['0', '1']).optional(),
  HTTP_PROXY: z.string().optional(),
  HTTPS_PROXY: z.string().optional(),
  NO_PROXY: z.string().optional(),
};

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** Proxy settings for clients with their own agent; undefined without `NODE_USE_ENV_PROXY=1`. */
export function proxyEnvOf(environment: NodeJS.ProcessEnv): ProxyEnv | undefined {
  if (environment.NODE_USE_ENV_PROXY !== '1') return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, environment[name]]).filter(([, value]) => value));
}
