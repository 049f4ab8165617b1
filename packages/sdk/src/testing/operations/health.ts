import type { Operation } from '../call.ts';

export const getHealth: Operation<'getHealth'> = () => ({ status: 200, body: { status: 'OK' } });
