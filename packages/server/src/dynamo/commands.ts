import type {
  DescribeTableInput,
  DescribeTableOutput,
  DescribeTimeToLiveInput,
  DescribeTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';

/** DynamoDB's operations that the server uses, with the types of the AWS SDK, whose code is not loaded. */
export interface Operations {
  BatchGetItem: { input: BatchGetCommandInput; output: BatchGetCommandOutput };
  BatchWriteItem: { input: BatchWriteCommandInput; output: BatchWriteCommandOutput };
  DeleteItem: { input: DeleteCommandInput; output: DeleteCommandOutput };
  DescribeTable: { input: DescribeTableInput; output: DescribeTableOutput };
  DescribeTimeToLive: { input: DescribeTimeToLiveInput; output: DescribeTimeToLiveOutput };
  GetItem: { input: GetCommandInput; output: GetCommandOutput };
  PutItem: { input: PutCommandInput; output: PutCommandOutput };
  Query: { input: QueryCommandInput; output: QueryCommandOutput };
  UpdateItem: { input: UpdateCommandInput; output: UpdateCommandOutput };
}

export type OperationName = keyof Operations;

export interface Command<Name extends OperationName = OperationName> {
  name: Name;
  input: Operations[Name]['input'];
}

/** Only the AWS SDK's client returns `$metadata`. */
export type Output<Name extends OperationName> = Omit<Operations[Name]['output'], '$metadata'>;

export interface SendOptions {
  abortSignal: AbortSignal;
}

/** Sends a command to DynamoDB and returns its response, with plain values instead of attribute values. */
export type Send = <Name extends OperationName>(command: Command<Name>, options: SendOptions) => Promise<Output<Name>>;

const operation =
  <Name extends OperationName>(name: Name) =>
  (input: Operations[Name]['input']): Command<Name> => ({ name, input });

export const batchGetItem = operation('BatchGetItem');
export const batchWriteItem = operation('BatchWriteItem');
export const deleteItem = operation('DeleteItem');
export const describeTable = operation('DescribeTable');
export const describeTimeToLive = operation('DescribeTimeToLive');
export const getItem = operation('GetItem');
export const putItem = operation('PutItem');
export const query = operation('Query');
export const updateItem = operation('UpdateItem');
