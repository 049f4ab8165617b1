import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { ClientLimits } from '../client-limits.ts';
import type { Send } from '../commands.ts';
import type { Credentials, DynamoConfig } from '../dynamo-config.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { bodyOf, outputOf } from './conversion.ts';
import { credentialSource } from './credentials.ts';
import { type DynamoError, errorOf } from './errors.ts';
import { eventLoopIterations } from './event-loop-iterations.ts';
import { backoffMs, retryKind, retryQuota } from './retry.ts';
import { serverClock } from './server-clock.ts';
import { signer } from './sign.ts';
import { type RawResponse, transport } from './transport.ts';

const REFUSED_CREDENTIALS = new Set(['ExpiredTokenException', 'UnrecognizedClientException']);

/** Larger responses wait for an iteration of the event loop, so that small requests pass them. */
const LARGE_BYTES = 4096;

/** Sends commands without the AWS SDK, which takes several times as long; see decision 26. */
export function fastSender(config: DynamoConfig, limits: ClientLimits): Send {
  const url = endpointOf(config);
  const post = transport(url, config, limits);
  const sign = signer(url, config.region);
  const source = credentialSource(config);
  const clock = serverClock();
  const quota = retryQuota();
  const nextIteration = eventLoopIterations();

  async function call(operation: string, body: string, signal: AbortSignal): Promise<object> {
    let refund = 1;
    for (let attempt = 0; ; attempt += 1) {
      let credentials = source.get();
      if (credentials instanceof Promise) credentials = await unlessAborted(credentials, signal);
      const signedMs = clock.nowMs();
      try {
        const response = await post(sign(operation, body, credentials, signedMs), body, signal);
        if (response.body.length > LARGE_BYTES) await unlessAborted(nextIteration(), signal);
        const output = parse(response);
        quota.give(refund);
        return output;
      } catch (cause) {
        // The cast: network errors have none of these fields.
        const error = cause as Partial<DynamoError>;
        const isRemoved = () => unlessAborted(removeCause(error, credentials, signedMs), signal);
        const kind = retryKind(error) ?? ((await isRemoved()) ? 'transient' : undefined);
        const cost = kind && attempt + 1 < limits.attempts && quota.take(kind);
        if (!kind || !cost) throw cause;
        refund = cost;
        await sleep(backoffMs(kind, attempt), undefined, { signal });
      }
    }
  }

  /** Replaces refused credentials, or corrects the clock. False if neither caused the error. */
  async function removeCause(
    error: Partial<DynamoError>,
    credentials: Credentials,
    signedMs: number,
  ): Promise<boolean> {
    if (REFUSED_CREDENTIALS.has(error.name ?? '')) return source.replace(credentials);
    return clock.correct(error, signedMs);
  }

  // The cast: the types describe what DynamoDB returns.
  return (async ({ name, input }, { abortSignal }) => call(name, bodyOf(input), abortSignal)) as Send;
}

function endpointOf({ endpoint, region }: DynamoConfig): URL {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(endpoint ?? `https://dynamodb.${region}.${suffix}`);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function parse(response: RawResponse): object {
  const { status, headers, body } = response;
  const checksum = headers['x-amz-crc32'];
  if (checksum !== undefined && Number(checksum) !== crc32(body))
    throw Object.assign(new Error('The response is damaged'), { name: 'ChecksumError' });
  if (status >= 300) throw errorOf(response);
  return outputOf(body.toString());
}
