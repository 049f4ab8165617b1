// Generated from the contract by `pnpm generate`. Do not edit.
/** By which budgets each operation is counted, and the media types of its successes. */
export const traits = {
  "getHealth": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "registerUser": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ]
  },
  "confirmUser": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ]
  },
  "resendConfirmation": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ]
  },
  "loginUser": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ]
  },
  "refreshSession": {
    "limits": [
      "refresh"
    ],
    "types": [
      "application/json"
    ]
  },
  "logoutUser": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "logoutEverywhere": {
    "limits": [
      "user"
    ],
    "types": [
      "application/json"
    ]
  },
  "forgotPassword": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ]
  },
  "resetPassword": {
    "limits": [
      "address",
      "email"
    ],
    "types": [
      "application/json"
    ]
  },
  "getCurrentUser": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "deleteCurrentUser": {
    "limits": [
      "user"
    ],
    "types": [
      "application/json"
    ]
  },
  "changePassword": {
    "limits": [
      "user"
    ],
    "types": [
      "application/json"
    ]
  },
  "exportData": {
    "limits": [
      "user"
    ],
    "types": [
      "application/x-ndjson"
    ]
  },
  "getUsage": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "listMessages": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "sendMessage": {
    "limits": [],
    "types": [
      "application/json",
      "text/event-stream"
    ]
  },
  "getMessage": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "editMessage": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "deleteMessage": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "regenerateReply": {
    "limits": [],
    "types": [
      "application/json",
      "text/event-stream"
    ]
  },
  "cancelReply": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "resumeReply": {
    "limits": [],
    "types": [
      "text/event-stream"
    ]
  },
  "rateReply": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "listConversations": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "createConversation": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "getConversation": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "updateConversation": {
    "limits": [],
    "types": [
      "application/json"
    ]
  },
  "deleteConversation": {
    "limits": [],
    "types": [
      "application/json"
    ]
  }
} as const;
