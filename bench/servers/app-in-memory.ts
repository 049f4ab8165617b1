/** The application with canned data instead of its adapters: the cost of the web layer alone. */

import { loadConfig } from '../../packages/server/src/config/config.ts';
import { createDeps } from '../../packages/server/src/create-deps.ts';
import { type AppDeps, createApp } from '../../packages/server/src/http/app.ts';
import { createServer } from '../../packages/server/src/http/http-server.ts';
import { createLog } from '../../packages/server/src/serve.ts';
import { Problem } from '../../packages/shared/src/problem.ts';
import { exchangeOf, MESSAGES, USER } from './canned.ts';
import { listen } from './listen.ts';

const users = new Map([[process.env.ACCESS_TOKEN, { id: USER.user_id, loggedInAt: new Date() }]]);

const config = loadConfig(process.env);
const log = createLog(config);
const real = createDeps(config, log);
const deps: AppDeps = {
  ...real,
  identity: {
    ...real.identity,
    async verify({ accessToken }) {
      const user = users.get(accessToken);
      if (!user) throw new Problem('unauthenticated');
      return user;
    },
    emailOf: async () => USER.email,
  },
  messages: {
    ...real.messages,
    list: async () => ({ messages: MESSAGES }),
  },
  turns: {
    ...real.turns,
    async send(_conversation, { content }) {
      const exchange = exchangeOf(content);
      return {
        user_message: exchange.user_message,
        exchange: async () => ({ hasEnded: true, exchange }),
        endedWith: async () => false,
        events: noEvents,
      };
    },
  },
};

async function* noEvents() {}

const { cookies, corsOrigins, proxyHops } = config;
// The sample rate of production, but an invalid response fails the run.
const responseValidation = { sample: 0.01, isStrict: true };
await listen(createServer(createApp(deps, { log, cookies, corsOrigins, proxyHops, responseValidation })));
