import type { Deps } from '@async-chatbot/core/deps';

const broken = async (): Promise<never> => {
  throw new TypeError('canary: nobody foresaw this');
};

/** An outside world that knows everybody and fails at everything else. */
export const brokenDeps: Partial<Deps> = {
  identity: {
    verify: async () => ({ id: 'somebody', loggedInAt: new Date() }),
    register: broken,
    confirm: broken,
    resendConfirmation: broken,
    forgotPassword: broken,
    resetPassword: broken,
    login: broken,
    refresh: broken,
    logout: broken,
    logoutEverywhere: broken,
    emailOf: broken,
    changePassword: broken,
    deleteUser: broken,
  },
  messages: {
    list: broken,
    get: broken,
    edit: broken,
    rate: broken,
    delete: broken,
    deleteAll: broken,
  },
  conversations: { list: broken, get: broken, create: broken, rename: broken, touch: broken, delete: broken },
  turns: { send: broken, regenerate: broken, find: broken, cancel: broken, close: broken },
  usage: { today: broken, reserve: broken },
};
