import type { ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Stores } from '../../../../core/test/support/stores.ts';
import { ACTIVITY_INDEX } from '../../../src/dynamo/keys.ts';
