/** The parts of the Postman collection that the contract does not determine: the order of requests, and variable values. */

interface Folder {
  /** A tag or another name. */
  name: string;
  description?: string;
  /** In the order in which they run. */
  operationIds: string[];
}

/**
 * In the order of a run: an operation comes after those whose results it needs, in a folder of its tag or after prerequisites
 * of other tags. Registering and logging in occur at most five times each, to stay within the default limit per email.
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
  { name: 'Health', operationIds: ['getHealth', 'getReadiness'] },
];

/** The collection's variables with their initial values. Scripts save values from responses in them. */
export const variables: Record<string, string> = {
  email: 'newuser@example.com',
  password: 'Password123',
  new_password: 'Password456',
  code: '',
  id_message: '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b',
  id_reply: '01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1',
  id_conversation: '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b',
  cursor: 'AZNafQwBfFWaAmsfDp2Mew',
  conversation_cursor: 'AaICLIIBAZNafP_uexyPCjwtHg-aig',
  etag: '"1"',
};

/**
 * The variables that fill bodies and parameters, by field name or by the parameter's name in `components`. All other values
 * are the contract's examples.
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
  ConversationCursorInQuery: '{{conversation_cursor}}',
  'If-Match': '{{etag}}',
  'Idempotency-Key': '{{$guid}}',
};
