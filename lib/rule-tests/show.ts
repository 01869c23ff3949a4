import type { FindingUpdate } from '../findings/update.ts';
import { escapeText } from '../rules/escape-text.ts';
import type { Decision } from '../triage/decision.ts';
import { titleOf } from './condition-tree.ts';
import type { JudgedLeaf, Verdict } from './judge-rule.ts';

const VALUE_CHARACTERS = 48;

/** Writes a value of a rule or finding on one line, so that it cannot act on the terminal; long ones are cut. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const whole = escapeText(JSON.stringify(value) ?? String(value));
  if (whole.length <= VALUE_CHARACTERS) return whole.replaceAll('","', '", "');
  const [first] = Array.isArray(value) ? value : [];
  const shown = first === undefined ? whole : `[${escapeText(JSON.stringify(first))}, …]`;
  return shown.length <= VALUE_CHARACTERS ? shown : `${whole.slice(0, VALUE_CHARACTERS - 1)}…`;
}

/** `no match, because "CI account" is false`: what the engine said, and why. */
export function showVerdict({ matched, expired, judged, conditions }: Verdict): string {
  if (matched) return 'match';
  if (expired) return 'no match, because its last day has passed';
  if (!judged) return 'not asked, because it reads event.* and this is no custom action of ours';
  const deciding = conditions.filter(({ decides }) => decides);
  return `no match, because ${deciding.map(showResult).join(' and ')}`;
}

function showResult(leaf: JudgedLeaf): string {
  return `"${escapeText(titleOf(leaf))}" is ${leaf.trace.result}`;
}

/** What all rules together would do: the status, or whatever else is changed, or why nothing is. */
export function showOutcome({ kind, update, held, cause }: Decision): string {
  if (kind === 'deadLetter') return `dead letter (${cause?.code ?? 'no cause'})`;
  if (update === null && held.length > 0) {
    return `nothing sent (${held.map(({ field, by }) => `${escapeText(field)} held: ${by}`).join(', ')})`;
  }
  return update === null ? 'nothing sent' : showUpdate(update);
}

/** Marks go with every update, so members are only listed where no status or severity says more. */
function showUpdate({ Workflow, Severity, ...others }: FindingUpdate): string {
  const parts = [...(Workflow ? [Workflow.Status] : []), ...(Severity ? [`severity ${Severity.Label}`] : [])];
  return (parts.length > 0 ? parts : Object.keys(others)).join(', ');
}
