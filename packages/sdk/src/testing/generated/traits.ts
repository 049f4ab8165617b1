// Generated from the contract by `pnpm generate`. Do not edit.
/** The budgets of each operation, the media types of its successes, and the parameters of its query that are integers. */
export const traits = {
  "getHealth": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "registerUser": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "confirmUser": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "resendConfirmation": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "loginUser": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "refreshSession": {
    "limits": [
      "refresh"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "logoutUser": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "logoutEverywhere": {
    "limits": [
      "user"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "forgotPassword": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "resetPassword": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "getCurrentUser": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "deleteCurrentUser": {
    "limits": [
      "user"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "changePassword": {
    "limits": [
      "user"
    ],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "exportData": {
    "limits": [
      "user"
    ],
    "types": [
      "application/x-ndjson"
    ],
    "integers": []
  },
  "getUsage": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "listMessages": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": [
      "limit"
    ]
  },
  "sendMessage": {
    "limits": [],
    "types": [
      "application/json",
      "text/event-stream"
    ],
    "integers": []
  },
  "getMessage": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "editMessage": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "deleteMessage": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "regenerateReply": {
    "limits": [],
    "types": [
      "application/json",
      "text/event-stream"
    ],
    "integers": []
  },
  "cancelReply": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "resumeReply": {
    "limits": [],
    "types": [
      "text/event-stream"
    ],
    "integers": []
  },
  "rateReply": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "listConversations": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": [
      "limit"
    ]
  },
  "createConversation": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "getConversation": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "updateConversation": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  },
  "deleteConversation": {
    "limits": [],
    "types": [
      "application/json"
    ],
    "integers": []
  }
} as const;
