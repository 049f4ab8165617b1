import { requestValidators } from '@async-chatbot/api-spec/request-validators';
import { summaryOf, toFaults } from '@async-chatbot/shared/faults';
import { Problem } from '@async-chatbot/shared/problem';
import type { OperationId } from '../http/operation.ts';

/** The parts of a request that the contract has rules for. */
export interface Parts {
  path: Record<string, string>;
  query: Record<string, unknown>;
  header: Record<string, string>;
  requestBody?: unknown;
}

/** Throws `validation-failed` with every fault of a request. */
export function validate(id: OperationId, parts: Parts): void {
  const found = requestValidators[id].flatMap((validator) => {
    validator(parts);
    return validator.errors ?? [];
  });
  if (found.length === 0) return;
  const errors = toFaults(found);
  throw new Problem('validation-failed', { errors, detail: summaryOf(errors) });
}
