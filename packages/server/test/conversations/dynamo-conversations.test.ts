import { onEveryEngine } from '../support/engines.ts';
import { describeConversationStore } from './conversations-contract.ts';
import { worldOf } from './samples.ts';

onEveryEngine('dynamoConversations', worldOf, describeConversationStore);
