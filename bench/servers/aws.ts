/** The part of Cognito and DynamoDB that the benchmark needs. Responses are serialized once, before the measurement. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { MESSAGES, toItem, USER } from './canned.ts';
import { listen } from './listen.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY_ID = 'benchmark';

const items = MESSAGES.map(toItem);

/** Errors for the operations of the server's self-check. */
const REFUSALS: Readonly<Record<string, Buffer>> = {
  'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken': json({
    __type: 'NotAuthorizedException',
    message: 'Invalid Refresh Token',
  }),
  'DynamoDB_20120810.DescribeTable': json({ __type: 'UnknownOperationException' }),
  'DynamoDB_20120810.DescribeTimeToLive': json({ __type: 'UnknownOperationException' }),
};

const RESPONSES: Readonly<Record<string, Buffer>> = {
  'DynamoDB_20120810.Query': json({ Items: items, Count: items.length, ScannedCount: items.length }),
  'DynamoDB_20120810.GetItem': json({ Item: items[0] }),
  'DynamoDB_20120810.BatchWriteItem': json({ UnprocessedItems: {} }),
  'DynamoDB_20120810.UpdateItem': json({ Attributes: items[0] }),
  'AWSCognitoIdentityProviderService.GetUser': json({
    Username: USER.user_id,
    UserAttributes: [{ Name: 'email', Value: USER.email }],
  }),
};
const BATCH_GET = 'DynamoDB_20120810.BatchGetItem';
const NO_ITEMS = json({ Items: [], Count: 0, ScannedCount: 0 });
const JWKS = json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] });

const server = createServer((req, res) => {
  const target = String(req.headers['x-amz-target']);
  const refusal = REFUSALS[target];
  const response = req.method === 'GET' ? JWKS : (refusal ?? RESPONSES[target]);
  if (!response && target !== BATCH_GET) throw new Error(`No canned response to ${target}`);
  const body: Buffer[] = [];
  req.on('data', (chunk: Buffer) => body.push(chunk));
  req.on('end', () => {
    const text = Buffer.concat(body).toString();
    // There are no revoked sessions, no sweeps and no chunks.
    const sent = /"(?:revocations|sweeps|S#.*)"/.test(text) ? NO_ITEMS : (response ?? firstRuns(text));
    res
      .writeHead(refusal ? 400 : 200, {
        'Content-Type': 'application/x-amz-json-1.0',
        'Content-Length': sent.length,
      })
      .end(sent);
  });
});

await listen(server, { accessToken: accessToken() });

/** All requested replies, in their first run. */
function firstRuns(request: string): Buffer {
  const { RequestItems } = JSON.parse(request);
  const table = String(process.env.DYNAMO_MESSAGES_TABLE);
  const items = RequestItems[table].Keys.map((key: object) => ({ ...key, run: { N: '1' } }));
  return json({ Responses: { [table]: items }, UnprocessedKeys: {} });
}

/** Creates an access token with the claims of a Cognito token, and so with about the same length. */
function accessToken(): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const claims = {
    sub: USER.user_id,
    iss: process.env.COGNITO_ISSUER,
    client_id: process.env.COGNITO_APP_CLIENT_ID,
    origin_jti: crypto.randomUUID(),
    event_id: crypto.randomUUID(),
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: nowSeconds,
    exp: nowSeconds + 3600,
    iat: nowSeconds,
    jti: crypto.randomUUID(),
    username: USER.user_id,
  };
  const signed = [{ kid: KEY_ID, alg: 'RS256' }, claims].map((part) => json(part).toString('base64url')).join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
