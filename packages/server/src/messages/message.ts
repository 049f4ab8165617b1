import type { components } from '@async-chatbot/api-spec';

export type Message = components['schemas']['Message'];
