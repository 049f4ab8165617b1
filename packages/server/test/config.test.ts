import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../src/config.ts';

const NEEDED = {
  AWS_REGION: 'eu-west-1',
  COGNITO_USER_POOL_ID: 'eu-west-1_pool',
  COGNITO_APP_CLIENT_ID: 'client',
  DYNAMO_MESSAGES_TABLE: 'Messages',
};

function faultsOf(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
}

describe('loadConfig', () => {
  it('needs four variables and knows the rest', () => {
    expect(loadConfig(NEEDED)).toMatchObject({
      cookies: { secure: true, sameSite: 'lax' },
      port: 8000,
      corsOrigins: [],
      host: undefined,
    });
  });

  it('takes any region', () => {
    const { cognito, dynamo } = loadConfig(NEEDED);
    expect(cognito.issuer).toBe('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool');
    expect(cognito.jwksUri).toBe(`${cognito.issuer}/.well-known/jwks.json`);
    expect([cognito.region, dynamo.region]).toEqual(['eu-west-1', 'eu-west-1']);
  });

  it('believes COGNITO_ISSUER', () => {
    const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_other';
    expect(loadConfig({ ...NEEDED, COGNITO_ISSUER: issuer }).cognito.issuer).toBe(issuer);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ ...NEEDED, PORT: '', COGNITO_APP_CLIENT_SECRET: '' })).toMatchObject({ port: 8000 });
    expect(faultsOf({ ...NEEDED, AWS_REGION: '' })).toContain('AWS_REGION: is required');
  });

  it('takes several origins, with spaces between them', () => {
    const { corsOrigins } = loadConfig({ ...NEEDED, CORS_ALLOWED_DOMAIN: 'https://a.example, http://localhost:3000' });
    expect(corsOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
  });

  it.each(['*', 'null', 'example.com', 'https://a.example/', 'https://a.example/path', 'https://*.example'])(
    'refuses %s as an origin, and names the variable',
    (CORS_ALLOWED_DOMAIN) => {
      expect(faultsOf({ ...NEEDED, CORS_ALLOWED_DOMAIN })).toContain('CORS_ALLOWED_DOMAIN: ');
    },
  );

  it.each([
    [
      'cross-site cookies over http',
      { COOKIE_SITE: 'cross-site', ENV: 'development', CORS_ALLOWED_DOMAIN: 'http://localhost:3000' },
    ],
    ['cross-site cookies for nobody', { COOKIE_SITE: 'cross-site' }],
    ['pages over http in production', { CORS_ALLOWED_DOMAIN: 'http://chat.example' }],
  ])('refuses %s, and says why', (_words, environment) => {
    expect(faultsOf({ ...NEEDED, ...environment })).toMatch(/^ {2}(COOKIE_SITE|CORS_ALLOWED_DOMAIN): \S+/m);
  });

  it('makes cookies for pages of another site when they are allowed to call', () => {
    const environment = { COOKIE_SITE: 'cross-site', CORS_ALLOWED_DOMAIN: 'https://chat.example' };
    expect(loadConfig({ ...NEEDED, ...environment }).cookies).toEqual({ secure: true, sameSite: 'none' });
  });

  it('names every fault at once, and no value', () => {
    const faults = faultsOf({ PORT: 'canary', ENV: 'prod', COGNITO_ISSUER: 'canary' });
    for (const name of [...Object.keys(NEEDED), 'PORT', 'ENV', 'COGNITO_ISSUER']) expect(faults).toContain(`${name}: `);
    expect(faults).not.toContain('canary');
  });
});
