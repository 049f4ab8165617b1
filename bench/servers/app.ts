/** Our server as it runs in production, but for where its environment leads. */
import { loadConfig } from '../../packages/server/src/config.ts';
import { createLog, serve } from '../../packages/server/src/serve.ts';
import { report } from './listen.ts';

const config = loadConfig(process.env);
const { port } = await serve(config, createLog(config), (error) => {
  throw error;
});
report({ port });
