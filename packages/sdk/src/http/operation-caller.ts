import type { OperationEntry, OperationId } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { Call } from './call.ts';
import type { OperationCaller } from './operation.ts';
import { paginate } from './pagination.ts';
import type { SendOperation } from './retry.ts';
import type { AnyOperationInput } from './send-request.ts';

/** An `OperationCaller` without types, for inputs that are not in the OpenAPI document. */
export type AnyOperationCaller = (id: OperationId, input: AnyOperationInput) => Call<unknown>;

/** Wraps operations in calls, with `withResponse`, `asResponse` and, for lists, iteration over the items. */
export function operationCaller(sendOperation: SendOperation): OperationCaller {
  function call(id: OperationId, input: AnyOperationInput = {}): Call<unknown> {
    const reading = { isRaw: false };
    const completed = sendOperation(id, { ...input, reading }).then(async (result) => {
      const { complete } = input;
      const isAccepted = complete && result.response.status === 202 && !reading.isRaw;
      return isAccepted ? { ...result, data: await complete(result.data) } : result;
    });
    const data = completed.then((result) => result.data);
    const { items }: OperationEntry = operations[id];

    function withResponse() {
      // `completed` rejects too, so this rejection needs no handler.
      data.catch(() => undefined);
      return completed;
    }

    return Object.assign(data, {
      withResponse,
      asResponse() {
        reading.isRaw = true;
        return withResponse().then(({ response }) => response);
      },
      ...(items && paginate(items, data, (cursor) => call(id, { ...input, query: { ...input.query, cursor } }))),
    });
  }

  // The cast: the types of each operation come from the OpenAPI document, and the server validates them.
  return call as unknown as OperationCaller;
}
