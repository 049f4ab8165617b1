/** Everything that goes wrong, as the caller may know it. */
import { Problem } from '@async-chatbot/shared/problem';

export { type Fault, Problem } from '@async-chatbot/shared/problem';

/** Whatever was thrown becomes a Problem; what nobody foresaw becomes `internal-error`. */
export const toProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('internal-error', { cause: error });
