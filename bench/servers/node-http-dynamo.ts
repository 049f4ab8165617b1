/** The minimal server with DynamoDB: requests are signed and sent without the AWS SDK. */
import { createServer } from 'node:http';
import type { components } from '@async-chatbot/api-spec';
import { byHand } from './by-hand.ts';
import { exchangeOf, toItem, toMessage, USER } from './canned.ts';
import { dynamoByHand } from './dynamo-by-hand.ts';
import { listen } from './listen.ts';

type Message = components['schemas']['Message'];

const send = dynamoByHand({
  url: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
  region: process.env.AWS_REGION ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
});
const TableName = 'Messages';

const putOf = (message: Message) => ({ PutRequest: { Item: toItem(message) } });

const storage = {
  async list() {
    const { Items } = await send('Query', {
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
    const { pk, sk } = toItem(exchange.bot_response);
    await send('BatchWriteItem', {
      RequestItems: { [TableName]: [putOf(exchange.user_message), putOf(exchange.bot_response)] },
    });
    await send('UpdateItem', {
      TableName,
      Key: { pk, sk },
      UpdateExpression: 'SET content = :content',
      ConditionExpression: 'attribute_exists(sk)',
      ExpressionAttributeValues: { ':content': { S: exchange.bot_response.content } },
      ReturnValues: 'ALL_NEW',
    });
    return exchange;
  },
};

await listen(createServer(byHand(storage)));
