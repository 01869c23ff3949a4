import { isCalendarDay } from '../calendar-day.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import type { ReasonCode } from '../rule.ts';
import type { FileCheck } from '../workspace.ts';
import { suppresses } from '../written-update.ts';

const MAY_STAY: readonly ReasonCode[] = ['false-positive', 'out-of-scope'];

/**
 * What hides findings ends by itself: a suppressing rule has a last day, or says why it needs none and when that is
 * looked at again. Whether the day has passed is no matter here: a lapsed date never blocks a deployment.
 */
export const checkExpiry: FileCheck = (file) => {
  if (file.kind !== 'rule') return [];
  const { expires, reviewBy, reasonCode } = file.value;
  const diagnostics: Diagnostic[] = [];
  for (const [name, day] of [
    ['expires', expires],
    ['reviewBy', reviewBy],
  ] as const) {
    if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day) || isCalendarDay(day)) continue;
    diagnostics.push(diagnose(file.source, { path: [name] }, 'TR003', `The calendar has no ${quote(day)}.`));
  }
  if (!suppresses(file)) return diagnostics;
  const at = { path: ['event', 'params', 'Workflow', 'Status'] };
  if (expires === undefined) {
    const help = 'Add "expires": "YYYY-MM-DD", the last day on which it holds.';
    diagnostics.push(
      diagnose(file.source, at, 'TR202', 'A rule that suppresses findings needs an end.', help),
    );
  }
  if (expires === 'never' && !(MAY_STAY as readonly unknown[]).includes(reasonCode)) {
    const help = `Give a day, or one of the reasonCodes ${MAY_STAY.join(', ')}.`;
    diagnostics.push(
      diagnose(
        file.source,
        { path: ['expires'] },
        'TR202',
        'This reason to suppress does not last for ever.',
        help,
      ),
    );
  } else if (expires === 'never' && reviewBy === undefined) {
    const help = 'Add "reviewBy": "YYYY-MM-DD".';
    diagnostics.push(
      diagnose(
        file.source,
        { path: ['expires'] },
        'TR202',
        'A rule that suppresses without end needs a review.',
        help,
      ),
    );
  }
  return diagnostics;
};
