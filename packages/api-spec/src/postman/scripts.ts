/** Scripts that run before a request, by operation. */
export const scriptsBefore: Record<string, string[]> = {
  registerUser: [
    '// Uses a new address for every run, unless you set `email`.',
    "if (pm.variables.get('email').endsWith('@example.com')) {",
    "  pm.collectionVariables.set('email', pm.variables.replaceIn('newuser+{{$guid}}@example.com'));",
    '}',
  ],
  confirmUser: skipWithoutCode(),
  resetPassword: skipWithoutCode(),
};

/** Scripts that run after a successful request, by operation. */
export const scriptsAfter: Record<string, string[]> = {
  confirmUser: [save('code', "''")],
  resetPassword: [save('code', "''")],
  changePassword: [
    'const { password, new_password } = pm.collectionVariables.toObject();',
    save('password', 'new_password'),
    save('new_password', 'password'),
  ],
  sendMessage: [
    '// From the body, or from the first event of a stream.',
    'const { user_message } = JSON.parse(/\\{.*\\}/.exec(pm.response.text())[0]);',
    save('id_message', 'user_message.id_message'),
    save('id_reply', 'user_message.id_reply'),
    save('etag', 'JSON.stringify(String(user_message.version))'),
  ],
  listMessages: saveCursor('cursor'),
  getMessage: [save('etag', "pm.response.headers.get('ETag')")],
  editMessage: [save('etag', "pm.response.headers.get('ETag')")],
  createConversation: [save('id_conversation', 'pm.response.json().id_conversation')],
  listConversations: saveCursor('conversation_cursor'),
};

function skipWithoutCode(): string[] {
  return [
    '// Set `code` to the emailed code, then send this request.',
    "if (!pm.variables.get('code')) pm.execution.skipRequest();",
  ];
}

function saveCursor(variable: string): string[] {
  return [
    '// The last page has no cursor.',
    'const { next_cursor } = pm.response.json();',
    `if (next_cursor) ${save(variable, 'next_cursor')}`,
  ];
}

function save(variable: string, expression: string): string {
  return `pm.collectionVariables.set('${variable}', ${expression});`;
}
