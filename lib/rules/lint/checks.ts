import { checkAlwaysTrue } from './always-true.ts';
import { checkAmbiguousPriority } from './ambiguous-priority.ts';
import { checkBatchOfOne } from './batch-of-one.ts';
import { checkContradiction } from './contradiction.ts';
import { checkExpired } from './expired.ts';
import { checkExpiresSoon } from './expires-soon.ts';
import { checkExpiryHorizon } from './expiry-horizon.ts';
import { checkFileName } from './file-name.ts';
import { checkFormatUnsaid } from './format-unsaid.ts';
import { checkKebabCase } from './kebab-case.ts';
import { checkKeyOrder } from './key-order.ts';
import type { LintCheck } from './lint-context.ts';
import { checkMatchAndNearMiss } from './match-and-near-miss.ts';
import { checkNegationOnOptional } from './negation-on-optional.ts';
import { checkPointlessUpdate } from './pointless-update.ts';
import { checkReadsRuleOutput } from './reads-rule-output.ts';
import { checkRealIdentifiers } from './real-identifiers.ts';
import { checkShadowed } from './shadowed.ts';
import { checkTooBroad } from './too-broad.ts';
import { checkUntested } from './untested.ts';
import { checkWidensPermissions } from './widens-permissions.ts';
import { checkWithdrawingFieldDropped } from './withdrawing-field-dropped.ts';
import { checkWithdraws } from './withdraws.ts';

/** What lint looks at beside the checks that stop a deployment. */
export const LINT_CHECKS: readonly LintCheck[] = [
  checkNegationOnOptional,
  checkContradiction,
  checkAlwaysTrue,
  checkShadowed,
  checkTooBroad,
  checkExpiryHorizon,
  checkExpired,
  checkExpiresSoon,
  checkAmbiguousPriority,
  checkPointlessUpdate,
  checkReadsRuleOutput,
  checkBatchOfOne,
  checkWithdraws,
  checkWithdrawingFieldDropped,
  checkWidensPermissions,
  checkUntested,
  checkMatchAndNearMiss,
  checkRealIdentifiers,
  checkFileName,
  checkKebabCase,
  checkKeyOrder,
  checkFormatUnsaid,
];
