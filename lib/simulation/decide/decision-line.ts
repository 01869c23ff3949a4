import { safeJsonLine } from '../../rules/safe-json.ts';
import type { FindingOutcome } from '../../triage/outcome.ts';
import type { Standing } from '../compare.ts';
import type { DecidedFinding } from './decide-one.ts';

/** A line of `--decisions`: an outcome as the function has it, and with a base how the finding would stand. */
export interface DecisionLine extends FindingOutcome {
  readonly before?: Shown;
  readonly after?: Shown;
}
type Shown = Pick<Standing, 'workflow' | 'severity'>;

/** One line of JSON, without its line break; nothing in it acts on a terminal. */
export function decisionLine(
  { decision, standing, ruled }: DecidedFinding,
  base: DecidedFinding | null,
): string {
  const { finding, rules, update, held, cause } = decision;
  const line: DecisionLine = {
    Id: finding.Id,
    ProductArn: finding.ProductArn,
    outcome: ruled.outcome,
    rules,
    update,
    held: held.map(({ field }) => field),
    ...(cause && { cause }),
    ...(base && { before: shown(base.standing), after: shown(standing) }),
  };
  return safeJsonLine(line);
}

function shown({ workflow, severity }: Standing): Shown {
  return { workflow, severity };
}
