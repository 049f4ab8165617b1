/** The part of Cognito and DynamoDB that the benchmark needs. Responses are serialized once, before the measurement. */
import { createServer } from 'node:http';
import { accessTokens } from './access-tokens.ts';
import { MESSAGES, toItem, USER } from './canned.ts';
import { listen } from './listen.ts';

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
  'DynamoDB_20120810.PutItem': json({}),
  'DynamoDB_20120810.DeleteItem': json({}),
  'DynamoDB_20120810.BatchWriteItem': json({ UnprocessedItems: {} }),
  'DynamoDB_20120810.UpdateItem': json({ Attributes: items[0] }),
  'AWSCognitoIdentityProviderService.GetUser': json({
    Username: USER.user_id,
    UserAttributes: [{ Name: 'email', Value: USER.email }],
  }),
};
const BATCH_GET = 'DynamoDB_20120810.BatchGetItem';
const NO_ITEMS = json({ Items: [], Count: 0, ScannedCount: 0 });

/** What the ids of all users begin with. */
const USERS = USER.user_id.slice(0, -2);
/** More than one request makes. */
const MAX_CALLS = 100;

let delayMs = 0;
/** The requests of users since the last message. */
let calls: string[] = [];

process.on('message', (message: { delayMs?: number }) => {
  if (message.delayMs !== undefined) delayMs = message.delayMs;
  if (typeof message === 'object') process.send?.(calls);
  calls = [];
});

const { tokens, jwks } = accessTokens();
const JWKS = json(jwks);

// It never closes a connection that a client is about to use again: the hand-written clients do not retry.
const server = createServer({ keepAliveTimeout: 0 }, (req, res) => {
  const target = String(req.headers['x-amz-target']);
  const refusal = REFUSALS[target];
  const response = req.method === 'GET' ? JWKS : (refusal ?? RESPONSES[target]);
  if (!response && target !== BATCH_GET) throw new Error(`No canned response to ${target}`);
  const body: Buffer[] = [];
  req.on('data', (chunk: Buffer) => body.push(chunk));
  req.on('end', () => {
    const text = Buffer.concat(body).toString();
    if (text.includes(USERS) && calls.length < MAX_CALLS) calls.push(target.split('.')[1] ?? '');
    // There are no revoked sessions, no sweeps and no chunks.
    const sent = /"(?:revocations|sweeps|S#.*)"/.test(text) ? NO_ITEMS : (response ?? firstRuns(text));
    const respond = () =>
      res
        .writeHead(refusal ? 400 : 200, {
          'Content-Type': 'application/x-amz-json-1.0',
          'Content-Length': sent.length,
        })
        .end(sent);
    if (delayMs > 0) setTimeout(respond, delayMs);
    else respond();
  });
});

await listen(server, { accessTokens: tokens });

/** All requested replies, in their first run. */
function firstRuns(request: string): Buffer {
  const { RequestItems } = JSON.parse(request);
  const table = String(process.env.DYNAMO_MESSAGES_TABLE);
  const items = RequestItems[table].Keys.map((key: object) => ({ ...key, run: { N: '1' } }));
  return json({ Responses: { [table]: items }, UnprocessedKeys: {} });
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
