import { accounting } from './accounting.ts';
import { ackSafety } from './ack-safety.ts';
import { blastRadius } from './blast-radius.ts';
import { convergence } from './convergence.ts';
import { exactness } from './exactness.ts';
import { idempotence } from './idempotence.ts';
import type { Invariant } from './invariant.ts';
import { leastPrivilege } from './least-privilege.ts';
import { limits } from './limits.ts';
import { noInvention } from './no-invention.ts';
import { noLoss } from './no-loss.ts';
import { personsFirst } from './persons-first.ts';
import { rate } from './rate.ts';
import { returning } from './returning.ts';
import { secrecy } from './secrecy.ts';
import { usefulness } from './usefulness.ts';

/** All but I14, determinism, which is judged on whole schedules. */
export const INVARIANTS: readonly Invariant[] = [
  ...[noLoss, noInvention, exactness, convergence, idempotence, personsFirst, accounting, ackSafety],
  ...[limits, rate, blastRadius, leastPrivilege, secrecy, usefulness, returning],
];
