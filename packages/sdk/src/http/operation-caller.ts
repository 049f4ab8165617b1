import type { CallEntry, OperationId } from '@async-chatbot/api-spec';
import { calls } from '@async-chatbot/api-spec/calls';
import type { Call } from './call.ts';
import type { OperationCaller } from './operation.ts';
import { pagesOf } from './pagination.ts';
import type { Request } from './retry.ts';
import type { AnyInput } from './send-request.ts';

/** Calls any operation with whatever it takes. */
export type AnyCaller = (id: OperationId, input: AnyInput) => Promise<unknown>;

/** Makes calls of requests. */
export function callerOf(request: Request): OperationCaller {
  function call(id: OperationId, input: AnyInput = {}): Call<unknown> {
    const reading = { isRaw: false };
    const answered = request(id, { ...input, reading }).then(async (answer) => {
      const { complete } = input;
      const isAccepted = complete && answer.response.status === 202 && !reading.isRaw;
      return isAccepted ? { ...answer, data: await complete(answer.data) } : answer;
    });
    const data = answered.then((answer) => answer.data);
    const [, , , { items } = {}]: CallEntry = calls[id];

    function answer() {
      // Who asks for the answer is told of its failure there.
      data.catch(() => undefined);
      return answered;
    }

    return Object.assign(data, {
      withResponse: answer,
      asResponse() {
        reading.isRaw = true;
        return answer().then(({ response }) => response);
      },
      ...(items && pagesOf(items, data, (cursor) => call(id, { ...input, query: { ...input.query, cursor } }))),
    });
  }

  // The cast: the spec says what goes in and comes out of each operation; the server checks both against it.
  return call as unknown as OperationCaller;
}
