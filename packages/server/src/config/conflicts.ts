interface BrowserVariables {
  ENV: 'development' | 'production';
  COOKIE_SITE: 'same-site' | 'cross-site';
  CORS_ALLOWED_DOMAIN: string[];
}

/** Variables that are valid, but not together: browsers would not send cookies, or send them unprotected. */
export function conflictsIn({ ENV, COOKIE_SITE, CORS_ALLOWED_DOMAIN }: BrowserVariables): string[] {
  const open = CORS_ALLOWED_DOMAIN.filter((allowed) => allowed.startsWith('http:') && !isLocal(new URL(allowed)));
  return [
    COOKIE_SITE === 'cross-site' &&
      ENV !== 'production' &&
      'COOKIE_SITE: cross-site requires ENV=production, since browsers require https for cross-site cookies',
    COOKIE_SITE === 'cross-site' &&
      CORS_ALLOWED_DOMAIN.length === 0 &&
      'COOKIE_SITE: cross-site requires CORS_ALLOWED_DOMAIN',
    ENV === 'production' && open.length > 0 && 'CORS_ALLOWED_DOMAIN: must be https in production, except for localhost',
  ].filter((message) => message !== false);
}

const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
