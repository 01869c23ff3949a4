import { type Refusal, refused } from './reply.ts';

export type SignatureReading = { readonly kind: 'signed'; readonly accessKeyId: string } | Refusal;

const CREDENTIAL = /^AWS4-HMAC-SHA256 .*\bCredential=([^/,\s]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request\b/;
const COMPLETE = /\bSignedHeaders=[^,\s]+.*\bSignature=[0-9a-f]{64}\b/;

/**
 * Checks that a request is signed (SigV4) and for this service and Region; the secret is nobody's here, so the
 * signature itself is not verified. Refusals are those of AWS's front end.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function readSignature(authorization: string | undefined, region: string): SignatureReading {
  if (authorization === undefined) {
    return refused('MissingAuthenticationTokenException', 403, 'Missing Authentication Token');
  }
  const [, accessKeyId, , scopeRegion, service] = CREDENTIAL.exec(authorization) ?? [];
  if (accessKeyId === undefined || !COMPLETE.test(authorization)) {
    return refused(
      'IncompleteSignatureException',
      400,
      'The Authorization header is not a complete SigV4 one.',
    );
  }
  if (service !== 'securityhub') {
    const wanted = "Credential should be scoped to correct service: 'securityhub'.";
    return refused('InvalidSignatureException', 403, wanted);
  }
  if (scopeRegion !== region) {
    const wanted = `Credential should be scoped to a valid region, not '${scopeRegion}'.`;
    return refused('InvalidSignatureException', 403, wanted);
  }
  return { kind: 'signed', accessKeyId };
}
