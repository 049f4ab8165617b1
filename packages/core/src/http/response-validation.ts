import type { OpenAPIBackend } from 'openapi-backend';
import type { OperationId, OperationResponse } from '../operation.ts';
import type { ResponseValidators } from './backend.ts';
import type { RequestRecord } from './handle.ts';

export interface ResponseValidation {
  validators: ResponseValidators;
  /** The fraction of responses to validate, from 0 to 1. */
  sample: number;
  /** Whether a violation becomes a 500. If false, the response is sent and the violation recorded. */
  isStrict: boolean;
}

/** Validates the JSON body of a response against the contract, for a random sample of responses. */
export function validateResponse(
  backend: OpenAPIBackend,
  response: OperationResponse<OperationId>,
  record: RequestRecord,
  { sample, isStrict }: ResponseValidation,
): void {
  if (!('body' in response) || Math.random() >= sample) return;
  const { errors } = backend.validateResponse(response.body, `${record.operationId}`, response.status);
  if (!errors) return;
  const rules = errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
  record.violation = `${record.operationId} violates the contract of ${response.status}: ${rules}`;
  if (isStrict) throw new Error(record.violation);
}
