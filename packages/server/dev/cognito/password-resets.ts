import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import { unwrap } from '@async-chatbot/core/memory/user-pool/unwrap';
import { deliveryTo } from './delivery.ts';
import { cognitoError, invalidParameter } from './errors.ts';
import { operation } from './operation.ts';

const NO_ADDRESS = 'Cannot reset password for the user as there is no registered/verified email or phone_number';

export function passwordResets(pool: UserPool) {
  return {
    ForgotPassword: operation(['ClientId', 'Username'], ({ Username }) => {
      // Same response for unknown and disabled users.
      if (pool.forgotPassword(Username) === 'unconfirmed') throw invalidParameter(NO_ADDRESS);
      return deliveryTo(Username);
    }),

    ConfirmForgotPassword: operation(
      ['ClientId', 'Username', 'ConfirmationCode', 'Password'],
      ({ Username, ConfirmationCode, Password }) => {
        const reset = { email: Username, code: ConfirmationCode, password: Password };
        unwrap(pool.resetPassword(reset), (reason) =>
          cognitoError(reason === 'unknown-user' || reason === 'disabled' ? 'wrong-code' : reason),
        );
        return {};
      },
    ),
  };
}
