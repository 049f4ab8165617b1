/** What the contract cannot say about the Postman collection: the order of its requests, and what varies from run to run. */

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
    description: 'From registration to logout, with one message in between.',
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

/** What runs before a request. */
export const scriptsBefore: Record<string, string[]> = {
  registerUser: [
    '// A new address for every run, unless `email` is one of yours.',
    "if (pm.variables.get('email').endsWith('@example.com')) {",
    "  pm.collectionVariables.set('email', pm.variables.replaceIn('newuser+{{$guid}}@example.com'));",
    '}',
  ],
  confirmUser: skipWithoutCode(),
  resetPassword: skipWithoutCode(),
};

/** What runs after a request that succeeded. */
export const scriptsAfter: Record<string, string[]> = {
  confirmUser: [save('code', "''")],
  resetPassword: [save('code', "''")],
  changePassword: [
    'const { password, new_password } = pm.collectionVariables.toObject();',
    save('password', 'new_password'),
    save('new_password', 'password'),
  ],
  sendMessage: [
    '// The body, or the first event of a stream.',
    'const { user_message } = JSON.parse(/\\{.*\\}/.exec(pm.response.text())[0]);',
    save('id_message', 'user_message.id_message'),
    save('id_reply', 'user_message.id_reply'),
    save('etag', 'JSON.stringify(String(user_message.version))'),
  ],
  listMessages: saveCursor(),
  getMessage: [save('etag', "pm.response.headers.get('ETag')")],
  editMessage: [save('etag', "pm.response.headers.get('ETag')")],
  createConversation: [save('id_conversation', 'pm.response.json().id_conversation')],
  listConversations: saveCursor(),
};

function skipWithoutCode(): string[] {
  return [
    '// Set `code` to the code that was e-mailed, then send this request.',
    "if (!pm.variables.get('code')) pm.execution.skipRequest();",
  ];
}

function saveCursor(): string[] {
  return [
    '// The last page has none.',
    'const { next_cursor } = pm.response.json();',
    `if (next_cursor) ${save('cursor', 'next_cursor')}`,
  ];
}

function save(variable: string, expression: string): string {
  return `pm.collectionVariables.set('${variable}', ${expression});`;
}
