import { isObject } from '../condition-sites.ts';
import { holdsForCritical } from '../critical-evaluation.ts';
import { diagnose } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';
import { suppresses, writtenUpdate } from '../written-update.ts';

/** A rule that could hide a CRITICAL finding says so with `allowCritical`, unless its conditions rule that out. */
export const checkCriticalSuppression: FileCheck = (file, workspace) => {
  if (file.kind !== 'rule' || !suppresses(file) || file.value.allowCritical === true) return [];
  const at = { path: ['event', 'params', 'Workflow', 'Status'] };
  const { Severity } = writtenUpdate(file);
  if (isObject(Severity) && Severity.Label === 'CRITICAL') {
    const message = 'This rule calls findings CRITICAL and suppresses them.';
    return [
      diagnose(
        file.source,
        at,
        'TR205',
        message,
        'Do one of the two, or confirm with "allowCritical": true.',
      ),
    ];
  }
  if (holdsForCritical(file.value.conditions, workspace) === false) return [];
  const message = 'This rule may suppress CRITICAL findings.';
  const help =
    'Add { "fact": "Severity.Label", "operator": "in", "value": ["INFORMATIONAL", "LOW", "MEDIUM"] }, ' +
    'or confirm with "allowCritical": true.';
  return [diagnose(file.source, at, 'TR205', message, help)];
};
