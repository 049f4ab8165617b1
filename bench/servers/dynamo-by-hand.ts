import { createHash, createHmac } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import { textOf } from './by-hand.ts';

export interface DynamoOptions {
  url: string;
  region: string;
  secretAccessKey: string;
}

/** A minimal DynamoDB client: one signed request, without retries, deadlines or error handling. */
export function dynamoByHand({ url, region, secretAccessKey }: DynamoOptions) {
  const { host } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const signingKeys = new Map<string, Buffer>();

  return async function send(action: string, input: unknown) {
    const body = JSON.stringify(input);
    const target = `DynamoDB_20120810.${action}`;
    const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amz-date': at,
      'x-amz-target': target,
      authorization: authorizationOf(body, target, at),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      http.request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(body);
    });
    return JSON.parse(await textOf(response));
  };

  /** AWS Signature Version 4. */
  function authorizationOf(body: string, target: string, at: string): string {
    const day = at.slice(0, 8);
    const scope = `${day}/${region}/dynamodb/aws4_request`;
    const names = 'host;x-amz-date;x-amz-target';
    const canonical = `POST\n/\n\nhost:${host}\nx-amz-date:${at}\nx-amz-target:${target}\n\n${names}\n${sha256(body)}`;
    const text = `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`;
    const signature = createHmac('sha256', signingKeyOf(day)).update(text).digest('hex');
    return `AWS4-HMAC-SHA256 Credential=local/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  }

  /** Signing keys are valid for one day. */
  function signingKeyOf(day: string): Buffer {
    const known = signingKeys.get(day);
    if (known) return known;
    const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
    const key = [region, 'dynamodb', 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day));
    signingKeys.set(day, key);
    return key;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
