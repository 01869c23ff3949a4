import type { Finding } from '../../lib/findings/finding.ts';
import { type Import, importRules } from '../../lib/import/import-rules.ts';
import type { SourceRules } from '../../lib/import/source-rule.ts';
import { byWinning } from '../../lib/rules/build-ruleset.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { isWhole } from './findings-manager-reference.ts';
import { labelOf, type State, stateOf, withUpdate } from './state.ts';

export const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

/** Imports for an empty folder, as if each rule were to enforce. */
export function importEnforced(source: SourceRules, allowCritical = false): Promise<Import> {
  return importRules(source, {
    ...{ rulesDir: 'no-such-folder', area: 'imported', owner: '@acme/secops', mode: 'enforce' },
    ...{ disabled: false, allowCritical, expires: '2027-02-20', firstPriority: 1000, taken: new Set() },
  });
}

export function rulesetOf({ rules }: Import): Ruleset {
  return {
    rules: rules.flatMap(({ rule }) => (rule === null ? [] : [rule])).sort(byWinning),
    ...{ conditions: {}, lists: {}, accounts: {}, config: DEFAULT_CONFIG, version: '' },
  };
}

/** What came of one finding there and here. */
export interface Compared {
  readonly finding: Finding;
  readonly before: State;
  readonly there: State;
  readonly here: State;
  readonly decision: Decision;
  readonly isCritical: boolean;
}

export async function compareFinding(finding: Finding, after: Finding, ruleset: Ruleset): Promise<Compared> {
  const decision = await decide(finding, IMPORTED, ruleset, NOW_MS);
  // What our update writes of the map is the whole map, and what it says of lists the whole list.
  const here = withUpdate(finding, decision.update as Readonly<Record<string, unknown>> | null);
  return {
    finding,
    before: stateOf(finding),
    there: stateOf(after),
    here: stateOf(here),
    decision,
    isCritical: labelOf(finding.Severity) === 'CRITICAL',
  };
}

/** A rule that acted there, and the fields it writes. */
export interface Acted {
  readonly title: string;
  readonly fields: readonly string[];
}

/**
 * Each field that ended otherwise, with the code of the report's line that says why, or `unexplained`. A line counts
 * only where what it says is so on this finding.
 */
export function explain(made: Import, acted: readonly Acted[], compared: Compared): readonly string[] {
  const { before, there, here } = compared;
  const names = [...new Set([...Object.keys(there), ...Object.keys(here)])];
  const differing = names.filter((name) => JSON.stringify(there[name]) !== JSON.stringify(here[name]));
  return differing.map(
    (name) =>
      EXPLANATIONS.find(
        ([code, isSo]) => isTold(made, acted, code, name) && isSo(compared, name, acted),
      )?.[0] ?? `unexplained ${name}: ${JSON.stringify([before[name], there[name], here[name]])}`,
  );
}

type IsSo = (compared: Compared, name: string, acted: readonly Acted[]) => boolean;

const EXPLANATIONS: readonly (readonly [code: string, isSo: IsSo])[] = [
  ['people-come-first', ({ decision }, name) => decision.held.some(({ field }) => field === name)],
  ['people-come-first', (compared, name, acted) => name === 'Note' && wouldClaim(compared, acted)],
  ['critical-stays-visible', ({ isCritical }) => isCritical],
  ['types-are-added', (compared) => isAdded(compared, 'Types')],
  ['related-findings-are-added', (compared) => isAdded(compared, 'RelatedFindings')],
  ['incomplete-findings', ({ finding }, _name, acted) => acted.length === 0 && !isWhole(finding)],
  ['not-imported', () => true],
];

/** Whether the report says so: of a rule that acted, or of all, and of this field. */
function isTold(made: Import, acted: readonly Acted[], code: string, name: string): boolean {
  if (code === 'not-imported')
    return acted.some(({ title, fields }) => fields.includes(fieldOf(name)) && isRefused(made, title));
  const rules = made.rules.filter(({ title }) => acted.some((one) => one.title === title));
  const remarks = [...made.remarks, ...rules.flatMap((rule) => rule.remarks)];
  return remarks.some(
    (remark) => remark.code === code && remark.fields?.some((field) => field === fieldOf(name)),
  );
}

/** Whether no rule of this title came over: of two that are called alike, one may have. */
function isRefused(made: Import, title: string): boolean {
  const rules = made.rules.filter((rule) => rule.title === title);
  return rules.length > 0 && rules.every(({ rule, isLeftOut }) => rule === null && !isLeftOut);
}

function fieldOf(name: string): string {
  return name.replace(/\..*$/s, '');
}

/** Beside the note something is held, or stood so before: somebody else's work, which the note must not claim. */
function wouldClaim({ before, there, decision }: Compared, acted: readonly Acted[]): boolean {
  const beside = acted.flatMap(({ fields }) => fields).filter((field) => field !== 'Note');
  return (
    decision.held.length > 0 || beside.some((field) => field in before && before[field] === there[field])
  );
}

/** What stood there is, and what the rule adds, up to the limit of the API. */
function isAdded({ before, there, here }: Compared, name: string): boolean {
  const items = (state: State) => JSON.parse(String(state[name] ?? '[]')) as readonly string[];
  const wanted = [...items(before), ...items(there)];
  return wanted.every((item) => items(here).includes(item)) || items(here).length >= 10;
}
