import type { OperationId, operations } from '@async-chatbot/api-spec';
import type { calls } from '@async-chatbot/api-spec/calls';
import type { CallOptions } from '../options.ts';
import type { EventFrame } from '../streaming/event-frames.ts';
import type { Call, PageCall } from './call.ts';

export type { OperationId };

/** The parameters in the path of an operation. */
export type Path<Id extends OperationId> = NonNullable<operations[Id]['parameters']['path']>;

/** The parameters in the query of an operation. */
export type Query<Id extends OperationId> = Input<NonNullable<operations[Id]['parameters']['query']>>;

/** The body that an operation takes. */
export type Body<Id extends OperationId> = Input<JsonContent<operations[Id]['requestBody']>>;

/** All that an operation takes: its parameters and body as the spec has them, and the options of a call. */
export type OperationInput<Id extends OperationId> = Input<
  Pick<operations[Id]['parameters'], 'path' | 'query' | 'header'> & BodyInput<operations[Id]>
> &
  CallOptions;

/** The body of an operation's success; `undefined` if it has none, and the items of a stream as they come. */
export type OperationResult<Id extends OperationId> = ResultOf<operations[Id]['responses']>;

/** A call of an operation; of one that answers a page, also all items of all pages. */
export type OperationCall<Id extends OperationId> = (typeof calls)[Id][3] extends { items: infer Items }
  ? PageCall<OperationResult<Id>, ItemOf<OperationResult<Id>, Items>>
  : Call<OperationResult<Id>>;

/** Calls an operation by its name in the spec; the input may be left out where nothing in it is required. */
export type OperationCaller = <Id extends OperationId>(
  id: Id,
  ...input: Partial<OperationInput<Id>> extends OperationInput<Id> ? [OperationInput<Id>?] : [OperationInput<Id>]
) => OperationCall<Id>;

/**
 * What is optional may also be `undefined`, since neither JSON nor a query has it then (`exactOptionalPropertyTypes`).
 * The `infer` has editors show the properties instead of this name.
 */
type Input<Value> = Value extends infer Given
  ? {
      [Key in keyof Given]:
        | Input<Given[Key]>
        | (Partial<Pick<Given, Key>> extends Pick<Given, Key> ? undefined : never);
    }
  : never;

/** `requestBody` as `body`, required or not as the spec has it. */
type BodyInput<Operation> = {
  [Key in keyof Operation as Key extends 'requestBody' ? 'body' : never]: JsonContent<Operation[Key]>;
};

type ResultOf<Responses> = AnyContent<Responses[Extract<keyof Responses, 200 | 201 | 202 | 204>]>;

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

/** The JSON of a request or an answer. */
export type JsonContent<Part, Otherwise = never> = Part extends { content: { 'application/json': infer Json } }
  ? Json
  : Otherwise;

type ItemOf<Page, Items> = Items extends keyof Page
  ? Page[Items] extends readonly (infer Item)[]
    ? Item
    : never
  : never;
