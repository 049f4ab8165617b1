import type { Deps } from '@async-chatbot/core/deps';

const fail = async (): Promise<never> => {
  throw new TypeError('canary: unforeseen');
};

/** Adapters that accept every token and fail in all other methods. */
export const failingDeps: Partial<Deps> = {
  identity: {
    verify: async () => ({ id: 'user-1', loggedInAt: new Date() }),
    register: fail,
    confirm: fail,
    resendConfirmation: fail,
    forgotPassword: fail,
    resetPassword: fail,
    login: fail,
    refresh: fail,
    logout: fail,
    logoutEverywhere: fail,
    emailOf: fail,
    changePassword: fail,
    deleteUser: fail,
  },
  messages: {
    list: fail,
    get: fail,
    edit: fail,
    rate: fail,
    delete: fail,
    deleteAll: fail,
    scheduleDeleteAll: fail,
  },
  conversations: { list: fail, listById: fail, get: fail, create: fail, rename: fail, touch: fail, delete: fail },
  turns: { send: fail, regenerate: fail, find: fail, cancel: fail, close: fail },
  usage: { today: fail, reserve: fail },
};
