import type { ClientLimits } from './client-limits.ts';
import type { Send } from './commands.ts';
import type { DynamoConfig } from './dynamo-config.ts';
import { fastSender } from './fast/sender.ts';

/** Sends commands with the client that the configuration selects. */
export function dynamoSender(config: DynamoConfig, limits: ClientLimits): Send {
  if (config.client !== 'sdk') return fastSender(config, limits);
  let loading: Promise<Send> | undefined;
  return async (command, options) => {
    loading ??= import('./sdk-sender.ts').then(({ sdkSender }) => sdkSender(config, limits));
    return (await loading)(command, options);
  };
}
