import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import { unwrap } from '@async-chatbot/core/memory/user-pool/unwrap';
import { CognitoError, cognitoError, invalidParameter } from './errors.ts';
import { operation } from './operation.ts';

/** Operations that require AWS credentials and an IAM permission. */
export function adminOperations(pool: UserPool, poolId: string, isAllowed: boolean) {
  return {
    AdminSetUserPassword: operation(['UserPoolId', 'Username', 'Password'], (input) => {
      if (!isAllowed) throw new CognitoError('AccessDeniedException', 'User is not authorized to perform this action');
      if (input.UserPoolId !== poolId)
        throw new CognitoError('ResourceNotFoundException', `User pool ${input.UserPoolId} does not exist.`);
      if (input.Permanent !== true) throw invalidParameter('The emulator has no temporary passwords.');
      unwrap(pool.setPassword(input.Username, input.Password), cognitoError);
      return {};
    }),
  };
}
