import type { OperationId, operations } from '@async-chatbot/api-spec';
import type { operations as table } from '@async-chatbot/api-spec/operations';
import type { CallOptions } from '../options.ts';
import type { EventFrame } from '../streaming/event-frames.ts';
import type { Call, PageCall } from './call.ts';

export type { OperationId };

/** The path parameters of an operation. */
export type Path<Id extends OperationId> = NonNullable<operations[Id]['parameters']['path']>;

/** The query parameters of an operation. */
export type Query<Id extends OperationId> = Input<NonNullable<operations[Id]['parameters']['query']>>;

/** The request body of an operation. */
export type Body<Id extends OperationId> = Input<JsonContent<operations[Id]['requestBody']>>;

/** The input of an operation: its parameters and body from the OpenAPI document, and the options of a call. */
export type OperationInput<Id extends OperationId> = Input<
  Pick<operations[Id]['parameters'], 'path' | 'query' | 'header'> & BodyInput<operations[Id]>
> &
  CallOptions;

/** The response body of an operation: `undefined` if it has none, an async iterable for a stream. */
export type OperationResult<Id extends OperationId> = ResultOf<operations[Id]['responses']>;

/** A call to an operation. If the operation returns pages, the call also iterates over the items of all pages. */
export type OperationCall<Id extends OperationId> = (typeof table)[Id] extends { items: infer Items }
  ? PageCall<OperationResult<Id>, ItemOf<OperationResult<Id>, Items>>
  : Call<OperationResult<Id>>;

/** Calls an operation by its `operationId`. The input may be omitted if nothing in it is required. */
export type OperationCaller = <Id extends OperationId>(
  id: Id,
  ...input: Partial<OperationInput<Id>> extends OperationInput<Id> ? [OperationInput<Id>?] : [OperationInput<Id>]
) => OperationCall<Id>;

/**
 * Allows `undefined` for optional properties (`exactOptionalPropertyTypes`), since JSON and queries omit it. The `infer` makes
 * editors show the properties instead of this name.
 */
type Input<Value> = Value extends infer Given
  ? {
      [Key in keyof Given]:
        | Input<Given[Key]>
        | (Partial<Pick<Given, Key>> extends Pick<Given, Key> ? undefined : never);
    }
  : never;

/** `requestBody` as `body`, which is required if the OpenAPI document requires it. */
type BodyInput<Operation> = {
  [Key in keyof Operation as Key extends 'requestBody' ? 'body' : never]: JsonContent<Operation[Key]>;
};

/** Without 204, which is a stream without events. */
type ResultOf<Responses> = AnyContent<Responses[Extract<keyof Responses, 200 | 201 | 202>]>;

type AnyContent<Part> = Part extends { content: { 'application/x-ndjson': infer Item } }
  ? AsyncIterable<Item>
  : Part extends { content: infer Content extends Events<unknown> }
    ? 'application/json' extends keyof Content
      ? JsonContent<Part>
      : Content extends Events<infer Event>
        ? AsyncIterable<EventFrame<Event>>
        : never
    : JsonContent<Part, undefined>;

interface Events<Event> {
  'text/event-stream': Event;
}

/** The JSON of a request or a response. */
export type JsonContent<Part, Otherwise = never> = Part extends { content: { 'application/json': infer Json } }
  ? Json
  : Otherwise;

type ItemOf<Page, Items> = Items extends keyof Page
  ? Page[Items] extends readonly (infer Item)[]
    ? Item
    : never
  : never;
