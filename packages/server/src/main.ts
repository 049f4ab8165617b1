/** The server on Cognito and DynamoDB, as configured by the environment. */
import { loadConfig } from './config/config.ts';
import { createLog, serve } from './serve.ts';
import { fail, shutDownOnSignal } from './shutdown.ts';
import { nameSources } from './source-positions.ts';

nameSources(import.meta.url);
try {
  const config = loadConfig(process.env);
  const log = createLog(config);
  const { port, close } = await serve(config, log);
  shutDownOnSignal(log, async () => {
    log.info('draining');
    await close();
  });
  log.info({ port }, 'listening');
} catch (error) {
  fail(error);
}
