/** What the contract cannot say about the Postman collection: the order of its requests, and the values that vary. */

export interface Folder {
  /** The tag whose operations it holds, or the name of a folder of its own. */
  name: string;
  description?: string;
  /** In the order in which they run. */
  operationIds: string[];
}

/**
 * Runs from top to bottom. A folder of a tag holds every operation of the tag: those that are not listed here follow, and
 * what others need first, such as a session, is repeated in front. Registering and logging in come at most five times for
 * an address, as the rate limit per address allows by default.
 */
export const folders: Folder[] = [
  {
    name: 'Reference flow',
    description: 'Register, log in, send, edit and delete a message, and log out.',
    operationIds: [
      'getHealth',
      'registerUser',
      'loginUser',
      'getCurrentUser',
      'sendMessage',
      'listMessages',
      'editMessage',
      'deleteMessage',
      'logoutUser',
    ],
  },
  {
    name: 'Messages',
    operationIds: ['loginUser', 'sendMessage', 'listMessages', 'getMessage', 'editMessage', 'deleteMessage'],
  },
  {
    name: 'Replies',
    operationIds: ['sendMessage', 'regenerateReply', 'resumeReply', 'cancelReply', 'rateReply'],
  },
  {
    name: 'Conversations',
    operationIds: [
      'createConversation',
      'listConversations',
      'getConversation',
      'updateConversation',
      'deleteConversation',
    ],
  },
  { name: 'Sessions', operationIds: ['loginUser', 'refreshSession', 'logoutEverywhere', 'logoutUser'] },
  {
    name: 'Accounts',
    operationIds: [
      'registerUser',
      'confirmUser',
      'resendConfirmation',
      'forgotPassword',
      'resetPassword',
      'loginUser',
      'getCurrentUser',
      'getUsage',
      'exportData',
      'changePassword',
      'deleteCurrentUser',
    ],
  },
  { name: 'Health', operationIds: ['getHealth'] },
];

/** The variables of the collection, as a run begins with them. Scripts save what responses hold in them. */
export const variables: Record<string, string> = {
  email: 'newuser@example.com',
  password: 'Password123',
  new_password: 'Password456',
  code: '',
  id_message: '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b',
  id_reply: '01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1',
  id_conversation: '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b',
  cursor: 'AZNafQwBfFWaAmsfDp2Mew',
  etag: '"1"',
};

/**
 * Where values of bodies and parameters come from, by the name of the field, or by that of the parameter in `components`.
 * All others are the contract's examples.
 */
export const values: Record<string, string> = {
  email: '{{email}}',
  password: '{{password}}',
  current_password: '{{password}}',
  new_password: '{{new_password}}',
  code: '{{code}}',
  id_message: '{{id_message}}',
  ReplyInPath: '{{id_reply}}',
  id_conversation: '{{id_conversation}}',
  cursor: '{{cursor}}',
  'If-Match': '{{etag}}',
  'Idempotency-Key': '{{$guid}}',
};
