import { fieldsOf } from './conversion.ts';
import type { RawResponse } from './transport.ts';

/** An error that DynamoDB returned. As in the AWS SDK, `name` is its code. */
export interface DynamoError extends Error {
  status: number;
  headers: RawResponse['headers'];
}

/** Converts a response to an error with all of its fields, such as the `Item` of a failed condition. */
export function errorOf({ status, headers, body }: RawResponse): DynamoError {
  return Object.assign(described(body.toString()), { status, headers });
}

function described(body: string): Error {
  try {
    const { __type: type = 'Unknown', message, Message = message, ...fields } = fieldsOf(body);
    const name = String(type).replace(/^.*#|:.*$/g, '');
    return Object.assign(new Error(String(Message ?? 'UnknownError')), fields, { name });
  } catch (cause) {
    // Proxies respond with errors that are not JSON.
    return new SyntaxError('The response is not JSON', { cause });
  }
}
