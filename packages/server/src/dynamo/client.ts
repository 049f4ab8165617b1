import { Problem } from '@async-chatbot/shared/problem';
import { timeout } from '@async-chatbot/shared/timeout';
import { detach, type RequestContext, requestContext } from '../request-context.ts';
import type { Command, OperationName, Output, SendOptions } from './commands.ts';
import type { DynamoConfig } from './dynamo-config.ts';
import { dynamoSender } from './sender.ts';

/**
 * For all attempts of a call outside requests or in a streamed response. The waits between three throttled attempts take
 * up to 3 s in total.
 */
const DEADLINE_MS = 3000;

const LIMITS = { sockets: 64, attempts: 3, attemptMs: 1000 };

export interface DynamoClient {
  send<Name extends OperationName>(command: Command<Name>, options?: SendOptions): Promise<Output<Name>>;
  /**
   * Runs calls within one deadline: the current request's. Outside requests and in streamed responses, it is 3 s from now, or when
   * the client disconnects. `send` does this by default.
   */
  withDeadline<Result>(run: (deadline: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Runs writes that belong together outside the request, so that they complete even if its client disconnects. */
  detach<Result>(run: () => Result): Result;
  /** Aborted after `ms`, or when the client of the current request disconnects. */
  limit(ms: number): AbortSignal;
}

/**
 * A client that makes at most three attempts, each at most 1 s long. Throws `service-unavailable`, except for a failed
 * condition and for an invalid command, which is a bug.
 */
export function dynamoClient(config: DynamoConfig, context: RequestContext = requestContext()): DynamoClient {
  const send = dynamoSender(config, LIMITS);

  function withDeadline<Result>(run: (deadline: AbortSignal) => Promise<Result>): Promise<Result> {
    const { deadline, disconnected } = context.getStore()?.signals ?? {};
    if (deadline) return run(deadline());
    const { signal, clear } = timeout(DEADLINE_MS, disconnected?.());
    return run(signal).finally(clear);
  }

  return {
    send: (command, options) =>
      (options ? send(command, options) : withDeadline((abortSignal) => send(command, { abortSignal }))).catch(rethrow),
    withDeadline,
    detach: (run) => detach(context, run),
    limit(ms) {
      const disconnected = context.getStore()?.signals?.disconnected();
      return AbortSignal.any([AbortSignal.timeout(ms), ...(disconnected ? [disconnected] : [])]);
    },
  };
}

function rethrow(cause: Error): never {
  if (['ConditionalCheckFailedException', 'ValidationException'].includes(cause.name)) throw cause;
  throw new Problem('service-unavailable', { cause });
}
