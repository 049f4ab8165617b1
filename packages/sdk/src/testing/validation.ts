import { summaryOf, toFaults } from '@async-chatbot/shared/faults';
import { Problem } from '@async-chatbot/shared/problem';
import type { ValidateFunction } from 'ajv';
import type { OperationId } from '../http/operation.ts';
import * as bodies from './generated/bodies.js';
import * as parameters from './generated/parameters.js';

/** The parts of a request that the contract has rules for. */
export interface Parts {
  path: Record<string, string>;
  query: Record<string, unknown>;
  header: Record<string, string>;
  requestBody?: unknown;
}

const ofBody: Partial<Record<OperationId, ValidateFunction>> = bodies;
const ofParameters: Record<OperationId, ValidateFunction> = parameters;

/** Whether an operation takes a body. */
export const hasBody = (id: OperationId): boolean => id in ofBody;

/** Throws `validation-failed` with every fault of a request. */
export function validate(id: OperationId, parts: Parts): void {
  const found = [ofBody[id], ofParameters[id]].flatMap((validator) => {
    validator?.(parts);
    return validator?.errors ?? [];
  });
  if (found.length === 0) return;
  const errors = toFaults(found);
  throw new Problem('validation-failed', { errors, detail: summaryOf(errors) });
}
