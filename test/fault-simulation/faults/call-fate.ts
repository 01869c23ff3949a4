import type { Operation } from '../../../lib/local/security-hub/limits.ts';
import type { Readings } from '../schedule.ts';
import { wireReply } from '../wire/hub-exchange.ts';
import type { WireReply } from '../wire/request-handler.ts';
import type { FaultKind } from './catalogue.ts';
import type { Injector } from './injector.ts';

/** What befalls one call to Security Hub beside its own merit. */
export type CallFate =
  | { readonly kind: 'fair' }
  /** Answered so, and not carried out. */
  | { readonly kind: 'refused'; readonly reply: WireReply }
  | { readonly kind: 'cut'; readonly carriedOut: boolean }
  | { readonly kind: 'silent'; readonly carriedOut: boolean }
  | { readonly kind: 'empty'; readonly carriedOut: boolean }
  | { readonly kind: 'missing'; readonly carriedOut: boolean }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'slow'; readonly delayMs: number };

const FAIR: CallFate = { kind: 'fair' };

type Makes = (faults: Injector, readings: Readings) => CallFate;

const SERVER_ERRORS = [
  [500, { Message: 'Internal server error', Code: 'InternalException' }, 'InternalException'],
  [503, { message: 'Service Unavailable' }, 'ServiceUnavailableException'],
  [502, '<html><body>Bad Gateway</body></html>', undefined],
] as const;

/** Which fault makes which fate, and whether it concerns reads too; the first that strikes counts. */
const FATES: readonly (readonly [FaultKind, 'both' | 'updates', Makes])[] = [
  [
    'throttle',
    'both',
    (_, { throttledAs, throttledStatus }) => ({
      kind: 'refused',
      reply: wireReply(throttledStatus, { Message: 'Rate exceeded', Code: throttledAs }, throttledAs),
    }),
  ],
  [
    'serverError',
    'both',
    ({ random }) => {
      const [status, body, errorType] = random.pick(SERVER_ERRORS);
      return { kind: 'refused', reply: wireReply(status, body, errorType) };
    },
  ],
  [
    'clockSkew',
    'both',
    ({ random }) => {
      const code = random.pick(['InvalidSignatureException', 'RequestTimeTooSkewed', 'RequestExpired']);
      return { kind: 'refused', reply: wireReply(403, { message: 'Signature expired', Code: code }, code) };
    },
  ],
  ['resetBefore', 'both', () => ({ kind: 'cut', carriedOut: false })],
  ['hang', 'both', () => ({ kind: 'silent', carriedOut: false })],
  ['resetAfter', 'updates', () => ({ kind: 'cut', carriedOut: true })],
  ['replyLost', 'updates', () => ({ kind: 'silent', carriedOut: true })],
  ['emptyReply', 'both', ({ random }) => ({ kind: 'empty', carriedOut: random.chance(0.4) })],
  ['missingId', 'updates', ({ random }) => ({ kind: 'missing', carriedOut: random.chance(0.4) })],
  ['strangerInReply', 'updates', () => ({ kind: 'stranger' })],
  ['slowReply', 'updates', ({ random }) => ({ kind: 'slow', delayMs: random.int(1_000, 7_000) })],
];

export function drawCallFate(operation: Operation, faults: Injector, readings: Readings): CallFate {
  for (const [kind, concerns, make] of FATES) {
    if (concerns === 'updates' && operation !== 'BatchUpdateFindings') continue;
    if (faults.strikes(kind, operation)) return make(faults, readings);
  }
  return FAIR;
}
