import type { ProxyEnv } from 'node:http';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface DynamoConfig {
  region: string;
  endpoint?: string | undefined;
  proxyEnv?: ProxyEnv | undefined;
  /** By default, from the AWS SDK's default provider chain. */
  credentials?: Credentials | undefined;
  /** `fast`, the default, is our own client; `sdk` is the AWS SDK's. */
  client?: 'fast' | 'sdk' | undefined;
}
