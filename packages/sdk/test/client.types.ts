/** Code that must compile and code that must not. `tsc` is the test; nothing here runs. */
import type { operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import { expectTypeOf } from 'vitest';
import {
  ApiError,
  type Call,
  type CallOptions,
  type ChangeOptions,
  type Client,
  type ClientOptions,
  type ConnectionError,
  type Conversation,
  createClient,
  type EventFrame,
  type Exchange,
  type ExportedItem,
  type Message,
  type MessageOptions,
  type MessagePage,
  NotFoundError,
  type OperationId,
  type OperationInput,
  type OperationResult,
  type PageCall,
  type Problem,
  type ProblemCode,
  RateLimitError,
  type ReplyEvent,
  type ResumeOptions,
  type Schemas,
  type SendOptions,
  ServerError,
  TimeoutError,
} from '../src/index.ts';
import type { MockFault, MockServerOptions, ReplyScript } from '../src/testing/index.ts';

const id = 'some id';

// The runtime table and the types name the same operations.
expectTypeOf<keyof typeof table>().toEqualTypeOf<keyof operations>();

// The result is the body of the successful response.
expectTypeOf<OperationResult<'sendMessage'>>().toEqualTypeOf<Exchange>();
expectTypeOf<OperationResult<'listMessages'>>().toEqualTypeOf<MessagePage>();
expectTypeOf<OperationResult<'getHealth'>>().toEqualTypeOf<{ status: 'OK' }>();
expectTypeOf<OperationResult<'registerUser'>>().toEqualTypeOf<Schemas['Registered'] | Schemas['CheckEmail']>();

// A loop over an export narrows its items by their property.
expectTypeOf<OperationResult<'exportData'>>().toEqualTypeOf<AsyncIterable<ExportedItem>>();
expectTypeOf<ExportedItem>().toEqualTypeOf<
  | { user: Schemas['User'] }
  | { conversation: Schemas['Conversation'] }
  | { message: Schemas['Message'] }
  | { end: Schemas['ExportTotals'] }
>();
expectTypeOf<OperationResult<'resumeReply'>>().toEqualTypeOf<AsyncIterable<EventFrame<ReplyEvent>>>();

// A call also gives access to the response. A call that returns a page also iterates over all items.
const client = createClient({ baseUrl: 'http://chat.example' });
expectTypeOf(client.users.me()).toEqualTypeOf<Call<Schemas['User']>>();
expectTypeOf(client.users.me().withResponse()).resolves.toEqualTypeOf<{
  readonly data: Schemas['User'];
  readonly response: Response;
  readonly requestId: string | undefined;
}>();
expectTypeOf(client.users.me().asResponse()).resolves.toEqualTypeOf<Response>();
expectTypeOf(client.messages.list()).toEqualTypeOf<PageCall<MessagePage, Message>>();
expectTypeOf(client.request('listConversations').toArray()).resolves.toEqualTypeOf<Conversation[]>();

// Codes are a closed set, so that a `switch` over them can be exhaustive. A status narrows them.
expectTypeOf<ApiError['code']>().toEqualTypeOf<Problem['code'] | undefined>();
expectTypeOf<ProblemCode>().not.toEqualTypeOf<string>();
expectTypeOf<ApiError['retryAfterSeconds']>().toEqualTypeOf<number | undefined>();
export function narrowed(error: unknown) {
  if (error instanceof NotFoundError) {
    expectTypeOf(error.status).toEqualTypeOf<404>();
    expectTypeOf(error.code).toEqualTypeOf<'conversation-not-found' | 'message-not-found' | 'not-found' | undefined>();
  }
  if (error instanceof RateLimitError)
    expectTypeOf(error.code).toEqualTypeOf<
      'quota-exceeded' | 'too-many-replies' | 'too-many-requests' | 'too-many-streams' | undefined
    >();
  if (error instanceof ServerError) expectTypeOf(error.problem).toEqualTypeOf<Problem | undefined>();
  if (error instanceof ApiError) expectTypeOf(error.status).toEqualTypeOf<number>();
  if (error instanceof TimeoutError) expectTypeOf(error).toExtend<ConnectionError>();
}

export const callsThatCompile = (client: Client) => [
  client.request('getHealth'),
  client.request('getHealth', { signal: AbortSignal.timeout(1000) }),
  client.request('listMessages'),
  client.request('listMessages', { query: { limit: 2 } }),
  client.request('sendMessage', { body: { content: 'Hello' } }),
  client.request('editMessage', { path: { id_message: id }, body: { content: 'Hello' } }),
];

/** The optional properties that may be omitted but not be `undefined`. */
type RejectsUndefined<Type> = Type extends unknown
  ? {
      [Key in keyof Type]-?: Partial<Pick<Type, Key>> extends Pick<Type, Key>
        ? Record<Key, undefined> extends Pick<Type, Key>
          ? never
          : Key
        : never;
    }[keyof Type]
  : never;
type Parts<Id extends OperationId> = OperationInput<Id>[keyof OperationInput<Id> &
  ('path' | 'query' | 'header' | 'body')];

// B15: no option is of this kind, so code with `exactOptionalPropertyTypes` may pass `undefined`.
expectTypeOf<RejectsUndefined<{ one?: 1; two: 2; three?: 3 | undefined }>>().toEqualTypeOf<'one'>();
expectTypeOf<
  RejectsUndefined<ClientOptions | CallOptions | MessageOptions | SendOptions | ChangeOptions | ResumeOptions>
>().toBeNever();
expectTypeOf<{ [Id in OperationId]: RejectsUndefined<OperationInput<Id>> }[OperationId]>().toBeNever();
expectTypeOf<{ [Id in OperationId]: RejectsUndefined<NonNullable<Parts<Id>>> }[OperationId]>().toBeNever();
expectTypeOf<RejectsUndefined<MockServerOptions | MockFault | ReplyScript>>().toBeNever();

export async function* loopsThatCompile(client: Client): AsyncGenerator<string> {
  for await (const item of client.users.export()) if ('message' in item) yield item.message.content;
  for await (const event of client.messages.stream({ content: 'Hello' })) {
    if (event.type === 'reply-delta') yield event.delta;
  }
  for await (const item of await client.request('exportData')) yield Object.keys(item)[0] ?? '';
}

export async function loopsThatDoNotCompile(client: Client) {
  // @ts-expect-error: the request must be awaited
  for await (const _ of client.request('exportData')) break;
  // @ts-expect-error: an item has one of several properties
  for await (const item of client.users.export()) item.user;
  // @ts-expect-error: the result is not a stream
  for await (const _ of await client.users.me()) break;
}

export const callsThatDoNotCompile = (client: Client) => [
  // @ts-expect-error: there is no such operation
  client.request('sendMail'),
  // @ts-expect-error: a body is required
  client.request('sendMessage'),
  // @ts-expect-error: the path parameter is required
  client.request('deleteMessage'),
  // @ts-expect-error: the path parameter has another name
  client.request('deleteMessage', { path: { id } }),
  // @ts-expect-error: there is no such query parameter
  client.request('listMessages', { query: { page: 2 } }),
  // @ts-expect-error: the operation has no body
  client.request('getHealth', { body: {} }),
  // @ts-expect-error: the content is missing
  client.messages.send({}),
  // @ts-expect-error: the content must be a string
  client.messages.send({ content: 1 }),
  // @ts-expect-error: there is no such field
  client.messages.send({ content: 'Hello', loud: true }),
  // @ts-expect-error: the body is missing
  client.messages.edit(id),
  // @ts-expect-error: the id is missing
  client.messages.delete(),
  // @ts-expect-error: the limit must be a number
  client.messages.list({ limit: '2' }),
  // @ts-expect-error: the password is missing
  client.users.login({ email: 'ada@example.com' }),
  // @ts-expect-error: the code is missing
  client.users.confirm({ email: 'ada@example.com' }),
  // @ts-expect-error: the fields are named as in the contract
  client.users.changePassword({ currentPassword: 'Canary123', newPassword: 'Canary456' }),
  // @ts-expect-error: a refresh has no body
  client.users.refresh({ refresh_token: 'canary' }),
  // @ts-expect-error: options are not a body
  client.users.register({ signal: AbortSignal.timeout(1000) }),
  // @ts-expect-error: the result is not a page
  client.users.me().toArray(),
  // @ts-expect-error: there is no such option
  client.users.me({ retries: 2 }),
];
