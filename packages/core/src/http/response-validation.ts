import type { responseValidators } from '@async-chatbot/api-spec/response-validators';
import type { OperationId, OperationResponse } from '../operation.ts';
import type { RequestRecord } from './handle.ts';

export interface ResponseValidation {
  validators: typeof responseValidators;
  /** The fraction of responses to validate, from 0 to 1. */
  sample: number;
  /** Whether a violation becomes a 500. If false, the response is sent and the violation recorded. */
  isStrict: boolean;
}

/** Validates the JSON body of a response against the contract, for a random sample of responses. */
export function validateResponse(
  response: OperationResponse<OperationId>,
  record: RequestRecord,
  { validators, sample, isStrict }: ResponseValidation,
): void {
  if (!('body' in response) || Math.random() >= sample) return;
  const { operationId } = record;
  const validate = operationId && validators[operationId][response.status];
  if (!validate || validate(response.body)) return;
  const rules = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
  record.violation = `${operationId} violates the contract of ${response.status}: ${rules}`;
  if (isStrict) throw new Error(record.violation);
}
