import { randomBytes } from 'node:crypto';

/** Five parts, like a JWE (RFC 7516, section 3.1), and about as long as Cognito's, to test that a cookie can contain it. */
export function newRefreshToken(): string {
  const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');
  return [header, ...[256, 12, 900, 16].map((bytes) => randomBytes(bytes).toString('base64url'))].join('.');
}
