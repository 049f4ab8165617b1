import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import { unwrap } from '@async-chatbot/core/memory/user-pool/unwrap';
import { deliveryTo } from './delivery.ts';
import { CognitoError, cognitoError, invalidParameter, notAuthorized } from './errors.ts';
import { operation } from './operation.ts';

export function registrations(pool: UserPool, registration: 'open' | 'confirm') {
  return {
    SignUp: operation(['ClientId', 'Username', 'Password'], ({ Username, Password }) => {
      if (!Username.includes('@')) throw invalidParameter('Username should be an email.');
      const isConfirmed = registration === 'open';
      const signUp = { email: Username, password: Password, isConfirmed };
      const { id } = unwrap(pool.signUp(signUp), cognitoError);
      return { UserConfirmed: isConfirmed, UserSub: id, ...(!isConfirmed && deliveryTo(Username)) };
    }),

    ConfirmSignUp: operation(['ClientId', 'Username', 'ConfirmationCode'], ({ Username, ConfirmationCode }) => {
      unwrap(pool.confirm(Username, ConfirmationCode), (reason) => {
        if (reason === 'already-confirmed')
          return notAuthorized('User cannot be confirmed. Current status is CONFIRMED');
        if (reason === 'too-many-wrong-codes') return tooManyWrongCodes();
        // Same response for an unknown email and a wrong code.
        return cognitoError(reason === 'unknown-user' ? 'wrong-code' : reason);
      });
      return {};
    }),

    ResendConfirmationCode: operation(['ClientId', 'Username'], ({ Username }) => {
      // Same response for unknown and disabled users.
      if (pool.resendConfirmation(Username) === 'already-confirmed') throw cognitoError('already-confirmed');
      return deliveryTo(Username);
    }),
  };
}

const tooManyWrongCodes = (): CognitoError =>
  new CognitoError('TooManyFailedAttemptsException', 'Invalid code entered too many times.');
