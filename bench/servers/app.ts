/** Our server as it runs in production, but for where its environment leads. */
import { loadConfig } from '../../packages/server/src/config/config.ts';
import { createLog, serve } from '../../packages/server/src/serve.ts';
import { report } from './listen.ts';

const config = loadConfig(process.env);
// The share is production's, but a broken response fails the run.
const responseValidation = { sample: 0.01, isStrict: true };
const { port } = await serve({ ...config, responseValidation }, createLog(config));
report({ port });
