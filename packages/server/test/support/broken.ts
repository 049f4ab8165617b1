import type { Deps } from '../../src/deps.ts';

const broken = async (): Promise<never> => {
  throw new TypeError('canary: nobody foresaw this');
};

/** An outside world that knows everybody and fails at everything else. */
export const brokenDeps: Partial<Deps> = {
  identity: {
    verify: async () => ({ id: 'somebody' }),
    register: broken,
    login: broken,
    logout: broken,
    emailOf: broken,
  },
  messages: { list: broken, get: broken, put: broken, edit: broken, delete: broken },
};
