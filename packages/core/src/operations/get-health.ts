import type { Handler } from '../operation.ts';

export const getHealth: Handler<'getHealth'> = async () => ({ status: 200, body: { status: 'OK' } });
