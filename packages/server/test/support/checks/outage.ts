import { Problem } from '@async-chatbot/shared/problem';
import { expect } from 'vitest';

/** More than the deadline of a call, and less than two deadlines. */
const LATE_MS = 4500;

/** Returns the cause of the `service-unavailable` that a call throws. */
export async function causeOfOutage(call: Promise<unknown>): Promise<unknown> {
  const problem = await inTime(call).then(
    () => 'no outage',
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ code: 'service-unavailable', status: 503 });
  return problem instanceof Problem && problem.cause;
}

/** Settles like the call, or rejects if the call exceeds its deadline. */
function inTime<T>(call: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(reject, LATE_MS, new Error('The call exceeded its deadline')),
  );
  return Promise.race([call, late]);
}
