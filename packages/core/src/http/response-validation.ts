import type { OpenAPIBackend } from 'openapi-backend';
import type { OperationId, OperationResponse } from '../operation.ts';
import type { ResponseValidators } from './backend.ts';
import type { RequestRecord } from './handle.ts';

export interface ResponseValidation {
  validators: ResponseValidators;
  /** The share of the responses that are validated, from 0 to 1. */
  sample: number;
  /** Whether a response that breaks the contract becomes an internal error; else it is sent as it is, and recorded. */
  isStrict: boolean;
}

/** Compares the body of a response with the contract, if the response is in the sample. */
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
  record.violation = `${record.operationId} breaks the contract of ${response.status}: ${rules}`;
  if (isStrict) throw new Error(record.violation);
}
