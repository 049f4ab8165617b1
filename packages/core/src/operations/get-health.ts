import type { Operation } from '../operation.ts';

export const getHealth: Operation<'getHealth'> = async () => ({ status: 200, body: { status: 'OK' } });
