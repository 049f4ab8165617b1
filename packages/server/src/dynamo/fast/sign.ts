import { createHmac, hash } from 'node:crypto';
import type { Credentials } from '../dynamo-config.ts';

interface SigningKey {
  credentials: Credentials;
  day: string;
  scope: string;
  key: Buffer;
}

/** Returns the headers of a request, signed with AWS Signature Version 4, whose keys are valid for one day. */
export type Sign = (operation: string, body: string, credentials: Credentials, nowMs: number) => Record<string, string>;

export function signer({ host, pathname }: URL, region: string): Sign {
  let second = 0;
  let date = '';
  let cached: SigningKey | undefined;

  function signingKeyOf(credentials: Credentials): SigningKey {
    const day = date.slice(0, 8);
    if (cached?.credentials === credentials && cached.day === day) return cached;
    const ofDay = hmac(`AWS4${credentials.secretAccessKey}`, day);
    const key = [region, 'dynamodb', 'aws4_request'].reduce(hmac, ofDay);
    cached = { credentials, day, scope: `${day}/${region}/dynamodb/aws4_request`, key };
    return cached;
  }

  return (operation, body, credentials, nowMs) => {
    const nowSeconds = Math.floor(nowMs / 1000);
    if (nowSeconds !== second) {
      second = nowSeconds;
      date = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
    }
    const { key, scope } = signingKeyOf(credentials);
    const { accessKeyId, sessionToken } = credentials;
    const target = `DynamoDB_20120810.${operation}`;
    const names = `content-type;host;x-amz-date;${sessionToken ? 'x-amz-security-token;' : ''}x-amz-target`;
    const canonical = `POST\n${pathname}\n\ncontent-type:${CONTENT_TYPE}\nhost:${host}\nx-amz-date:${date}\n${
      sessionToken ? `x-amz-security-token:${sessionToken}\n` : ''
    }x-amz-target:${target}\n\n${names}\n${hash('sha256', body)}`;
    const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical)}`;
    const signature = createHmac('sha256', key).update(text).digest('hex');
    return {
      'content-type': CONTENT_TYPE,
      'x-amz-date': date,
      'x-amz-target': target,
      ...(sessionToken && { 'x-amz-security-token': sessionToken }),
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    };
  };
}

const CONTENT_TYPE = 'application/x-amz-json-1.0';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
