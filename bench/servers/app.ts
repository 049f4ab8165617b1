/** The server as in production, except that its environment points to the canned Cognito and DynamoDB. */
import { loadConfig } from '../../packages/server/src/config/config.ts';
import { createLog, serve } from '../../packages/server/src/serve.ts';
import { report } from './listen.ts';

const config = loadConfig(process.env);
// The sample rate of production, but an invalid response fails the run.
const responseValidation = { sample: 0.01, isStrict: true };
const { port } = await serve({ ...config, responseValidation }, createLog(config));
report({ port });
