/** The server with a bot whose deltas are the times at which it sends them. */
import { loadConfig } from '../../packages/server/src/config/config.ts';
import { createDeps } from '../../packages/server/src/create-deps.ts';
import { createApp } from '../../packages/server/src/http/app.ts';
import { createServer } from '../../packages/server/src/http/http-server.ts';
import { createLog } from '../../packages/server/src/serve.ts';
import { clockDeltas } from './deltas.ts';
import { listen } from './listen.ts';

const config = loadConfig(process.env);
const log = createLog(config);
const { cookies, corsOrigins, proxyHops } = config;
const responseValidation = { sample: 0.01, isStrict: true };
const deps = createDeps(config, log, { bot: clockDeltas });
await listen(createServer(createApp(deps, { log, cookies, corsOrigins, proxyHops, responseValidation })));
