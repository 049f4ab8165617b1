/** The least that asks DynamoDB: the baseline with requests that are signed and sent by hand. */
import { createServer } from 'node:http';
import type { components } from '@async-chatbot/api-spec';
import { byHand } from './by-hand.ts';
import { exchangeOf, toItem, toMessage, USER } from './canned.ts';
import { dynamoByHand } from './dynamo-by-hand.ts';
import { listen } from './listen.ts';

type Message = components['schemas']['Message'];

const ask = dynamoByHand({
  url: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
  region: process.env.AWS_REGION ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
});
const TableName = 'Messages';

const put = (message: Message) =>
  ask('PutItem', { TableName, Item: toItem(message), ConditionExpression: 'attribute_not_exists(sk)' });

const storage = {
  async list() {
    const { Items } = await ask('Query', {
      TableName,
      ConsistentRead: true,
      ScanIndexForward: false,
      KeyConditionExpression: 'pk = :user AND sk BETWEEN :oldest AND :newest',
      ExpressionAttributeValues: { ':user': { S: USER.user_id }, ':oldest': { S: 'M#' }, ':newest': { S: 'M#~' } },
      Limit: 51,
    });
    return { messages: Items.map(toMessage) };
  },

  async send({ content }: { content: string }) {
    const exchange = exchangeOf(content);
    await put(exchange.user_message);
    await put(exchange.bot_response);
    return exchange;
  },
};

await listen(createServer(byHand(storage)));
