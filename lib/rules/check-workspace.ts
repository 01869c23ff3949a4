import { checkActionFeedback } from './checks/action-feedback.ts';
import { checkBadEnum } from './checks/bad-enum.ts';
import { checkConditionCycle } from './checks/condition-cycle.ts';
import { checkConditionShape } from './checks/condition-shape.ts';
import { checkCriticalSuppression } from './checks/critical-suppression.ts';
import { checkDuplicateName } from './checks/duplicate-name.ts';
import { checkEmptyGroup } from './checks/empty-group.ts';
import { checkExpiry } from './checks/expiry.ts';
import { checkFactType } from './checks/fact-type.ts';
import { checkOperandType } from './checks/operand-type.ts';
import { checkOverwriteRead } from './checks/overwrite-read.ts';
import { checkRegex } from './checks/regex.ts';
import { checkReservedKey } from './checks/reserved-key.ts';
import { checkSiblingGroups } from './checks/sibling-groups.ts';
import { checkTemplate } from './checks/template.ts';
import { checkTypesNamespace } from './checks/types-namespace.ts';
import { checkUnknownCondition } from './checks/unknown-condition.ts';
import { checkUnknownFact } from './checks/unknown-fact.ts';
import { checkUnknownOperator } from './checks/unknown-operator.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { FileCheck, Workspace, WorkspaceCheck } from './workspace.ts';

const FILE_CHECKS: readonly FileCheck[] = [
  checkConditionShape,
  checkSiblingGroups,
  checkEmptyGroup,
  checkUnknownFact,
  checkUnknownOperator,
  checkFactType,
  checkOperandType,
  checkBadEnum,
  checkRegex,
  checkUnknownCondition,
  checkTemplate,
  checkReservedKey,
  checkTypesNamespace,
  checkExpiry,
  checkCriticalSuppression,
];

const WORKSPACE_CHECKS: readonly WorkspaceCheck[] = [
  checkConditionCycle,
  checkDuplicateName,
  checkOverwriteRead,
  checkActionFeedback,
];

/** Runs every check of meaning and safety that stops a deployment, over all files, and tells everything at once. */
export function checkWorkspace(workspace: Workspace): readonly Diagnostic[] {
  const files = [...workspace.rules, ...workspace.conditions.values()];
  return [
    ...files.flatMap((file) => FILE_CHECKS.flatMap((check) => check(file, workspace))),
    ...WORKSPACE_CHECKS.flatMap((check) => check(workspace)),
  ];
}
