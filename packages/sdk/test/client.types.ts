/** What must compile and what must not; `tsc` is the test, nothing here runs. */
import type { operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import type {
  ApiError,
  Client,
  EventFrame,
  Exchange,
  ExportedItem,
  MessagePage,
  OperationResult,
  Problem,
  ProblemCode,
  ReplyEvent,
  Schemas,
} from '../src/index.ts';

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const hold = <_ extends true>() => undefined;
const id = 'some id';

// The runtime table and the types name the same operations.
hold<Equal<keyof typeof table, keyof operations>>();

// A result is the body of the success.
hold<Equal<OperationResult<'sendMessage'>, Exchange>>();
hold<Equal<OperationResult<'listMessages'>, MessagePage>>();
hold<Equal<OperationResult<'getHealth'>, { status: 'OK' }>>();
hold<Equal<OperationResult<'registerUser'>, Schemas['Registered'] | Schemas['CheckEmail']>>();

// A stream is told by its items, and a loop over it narrows them by their property.
hold<Equal<OperationResult<'exportData'>, AsyncIterable<ExportedItem>>>();
hold<
  Equal<
    ExportedItem,
    { user: Schemas['User'] } | { conversation: Schemas['Conversation'] } | { message: Schemas['Message'] }
  >
>();
hold<Equal<OperationResult<'resumeReply'>, AsyncIterable<EventFrame<ReplyEvent>>>>();

// The codes are a closed set, so that a `switch` over them can be exhaustive.
hold<Equal<ApiError['code'], Problem['code'] | undefined>>();
hold<Equal<string extends ProblemCode ? true : false, false>>();
hold<Equal<ApiError['retryAfterSeconds'], number | undefined>>();

export const callsThatCompile = (client: Client) => [
  client.request('getHealth'),
  client.request('getHealth', { signal: AbortSignal.timeout(1000) }),
  client.request('listMessages'),
  client.request('listMessages', { query: { limit: 2 } }),
  client.request('sendMessage', { body: { content: 'Hello' } }),
  client.request('editMessage', { path: { id_message: id }, body: { content: 'Hello' } }),
];

export async function* loopsThatCompile(client: Client): AsyncGenerator<string> {
  for await (const item of client.users.export()) if ('message' in item) yield item.message.content;
  for await (const event of client.messages.stream({ content: 'Hello' })) {
    if (event.type === 'reply-delta') yield event.delta;
  }
  for await (const item of await client.request('exportData')) yield Object.keys(item)[0] ?? '';
}

export async function loopsThatDoNotCompile(client: Client) {
  // @ts-expect-error: the request is to be awaited
  for await (const _ of client.request('exportData')) break;
  // @ts-expect-error: an item is one or the other
  for await (const item of client.users.export()) item.user;
  // @ts-expect-error: what is no stream has no items
  for await (const _ of await client.users.me()) break;
}

export const callsThatDoNotCompile = (client: Client) => [
  // @ts-expect-error: there is no such operation
  client.request('sendMail'),
  // @ts-expect-error: a body is required
  client.request('sendMessage'),
  // @ts-expect-error: the path's parameter is required
  client.request('deleteMessage'),
  // @ts-expect-error: the path's parameter has another name
  client.request('deleteMessage', { path: { id } }),
  // @ts-expect-error: a query parameter that the spec does not have
  client.request('listMessages', { query: { page: 2 } }),
  // @ts-expect-error: a body where there is none
  client.request('getHealth', { body: {} }),
  // @ts-expect-error: the body lacks its content
  client.messages.send({}),
  // @ts-expect-error: the content is text
  client.messages.send({ content: 1 }),
  // @ts-expect-error: a field that the spec does not have
  client.messages.send({ content: 'Hello', loud: true }),
  // @ts-expect-error: the draft is missing
  client.messages.edit(id),
  // @ts-expect-error: the id is missing
  client.messages.delete(),
  // @ts-expect-error: the limit is a number
  client.messages.list({ limit: '2' }),
  // @ts-expect-error: the password is missing
  client.users.login({ email: 'ada@example.com' }),
  // @ts-expect-error: the code is missing
  client.users.confirm({ email: 'ada@example.com' }),
  // @ts-expect-error: the fields have the names of the spec
  client.users.changePassword({ currentPassword: 'Canary123', newPassword: 'Canary456' }),
  // @ts-expect-error: a refresh has no body
  client.users.refresh({ refresh_token: 'canary' }),
  // @ts-expect-error: options are not a body
  client.users.register({ signal: AbortSignal.timeout(1000) }),
  // @ts-expect-error: an option that does not exist
  client.users.me({ retries: 2 }),
];
