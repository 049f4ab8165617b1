import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const getReadiness: Handler<'getReadiness'> = async (_request, { readiness }) => {
  const { isReady, dependencies } = readiness.report();
  if (!isReady) throw new Problem('not-ready');
  return { status: 200, body: { status: 'READY', dependencies } };
};
