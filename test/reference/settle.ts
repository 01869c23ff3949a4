import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import type { Permission } from './custom-action.ts';
import {
  currentValue,
  type FieldName,
  type FieldValue,
  fingerprint,
  keyOfField,
  sameValue,
  TOP_FIELDS,
} from './fields.ts';
import type { Mark } from './mark.ts';
import type { Wanted } from './merge.ts';
import { rank, type Standing, standing, toRemember, withdrawnValue } from './ownership.ts';

type Merged = ReadonlyMap<FieldName, Wanted>;

/** What is to be written on a finding and how the mark reads afterwards. */
export interface Settlement {
  readonly writes: ReadonlyMap<FieldName, FieldValue>;
  readonly mark: Mark;
  /** Entries of the mark that no rule decides. */
  readonly off: readonly FieldName[];
  readonly held: readonly FieldName[];
  /** Fields whose entry is written for a value that already stood there. */
  readonly adopted: readonly FieldName[];
  /** Rules that decided a field that is not held. */
  readonly winners: ReadonlySet<Rule>;
  /** Entries of the mark that would be taken back, could the role do so. */
  readonly denied: readonly FieldName[];
}

interface Ground {
  readonly finding: Finding;
  readonly mark: Mark;
  readonly viewed: (field: FieldName) => FieldValue | undefined;
  readonly permission: Permission;
  /** Whether the function's role could carry out a withdrawal of the field. */
  readonly mayTakeBack: (field: FieldName) => boolean;
}

interface Change {
  readonly write?: FieldValue;
  readonly entry?: string | number | undefined;
  readonly was?: string | number | null | undefined;
  readonly held?: true;
  readonly adopted?: true;
  readonly denied?: true;
}

/** Holds what rules want against who owns what stands there, and leaves what differs. */
export function settle(merged: Merged, given: Ground): Settlement {
  const ground = takingOverWhatIsUndisputed(merged, given);
  const guarded = withoutCriticalSuppression(merged, ground);
  const allowed = withoutUntrueNote(guarded.merged, ground);
  const fields = [...new Set([...TOP_FIELDS, ...ground.mark.entries.keys(), ...allowed.keys()])];
  const changes = fields.map((field) => [field, changeOf(field, allowed.get(field), ground)] as const);
  const pick = <T>(read: (change: Change) => T | undefined) =>
    new Map(
      changes.flatMap(([field, change]) => {
        const value = read(change);
        return value === undefined ? [] : [[field, value] as const];
      }),
    );
  const held = [...guarded.held, ...pick((change) => change.held).keys()];
  const entries = pick((change) => change.entry);
  const denied = pick((change) => change.denied);
  return {
    writes: pick((change) => change.write),
    mark: { entries, was: pick((change) => change.was) },
    off: [...entries.keys()].filter(
      (field) =>
        !allowed.has(field) && !denied.has(field) && standing(ground.finding, ground.mark, field) === 'ours',
    ),
    held: inReportOrder(held),
    denied: inReportOrder([...denied.keys()]),
    adopted: [...pick((change) => change.adopted).keys()],
    winners: new Set(
      [...allowed].filter(([field]) => !held.includes(field)).flatMap(([, wanted]) => wanted.winners),
    ),
  };
}

/** A rule takes nothing over on a finding on which someone else's value stands in the way of another of its wishes. */
function takingOverWhatIsUndisputed(merged: Merged, ground: Ground): Ground {
  const { finding, mark, permission } = ground;
  if (permission.mayTakeOverDisputed) return ground;
  const disputed = new Set(
    [...merged].flatMap(([field, { value, decider, winners }]) => {
      const isTheirs = standing(finding, mark, field) === 'other';
      const differs = !sameValue(value, currentValue(finding, field));
      return isTheirs && differs && !permission.mayOverwrite(field, decider) ? winners : [];
    }),
  );
  const mayTakeOver: Permission['mayTakeOver'] = (field, decider) =>
    !disputed.has(decider) && permission.mayTakeOver(field, decider);
  return { ...ground, permission: { ...permission, mayTakeOver } };
}

/** The fields in the order of the update's members, user-defined keys sorted behind them. */
export function inReportOrder(fields: readonly FieldName[]): readonly FieldName[] {
  const keys = fields.filter((field) => keyOfField(field) !== undefined).sort();
  return [...TOP_FIELDS.filter((field) => fields.includes(field)), ...new Set(keys)];
}

function changeOf(field: FieldName, wanted: Wanted | undefined, ground: Ground): Change {
  const { finding, mark } = ground;
  const whose = standing(finding, mark, field);
  const current = currentValue(finding, field);
  const carried: Change = { entry: mark.entries.get(field), was: mark.was.get(field) };
  const kept: Change = carried.entry === undefined ? {} : carried;
  if (wanted === undefined) return whose === 'free' ? {} : takenBack(field, whose, kept, ground);
  const { value, decider } = wanted;
  const same = sameValue(value, current);
  const entry = fingerprint(field, value);
  if (whose === 'ours') return same ? carried : { write: value, entry, was: carried.was };
  const taken: Change = { entry, was: toRemember(finding, field, ground.viewed(field)) };
  if (whose === 'free') return same ? {} : { write: value, ...taken };
  const { mayOverwrite, mayTakeOver } = ground.permission;
  if (same) return mayTakeOver(field, decider) ? { ...taken, adopted: true } : kept;
  return mayOverwrite(field, decider) ? { write: value, ...taken } : { ...kept, held: true };
}

/** What becomes of a field that no rule decides: of ours it goes back, where that is possible and allowed. */
function takenBack(field: FieldName, whose: Standing, kept: Change, ground: Ground): Change {
  const { finding, mark } = ground;
  const back = whose === 'ours' ? withdrawnValue(finding, mark, field) : undefined;
  if (back === undefined || sameValue(back, currentValue(finding, field))) return kept;
  if (!ground.mayTakeBack(field)) return { ...kept, denied: true };
  return { write: back, entry: fingerprint(field, back), was: mark.was.get(field) };
}

/** Drops SUPPRESSED, and its rule's note, from a CRITICAL finding unless the rule may suppress those. */
function withoutCriticalSuppression(
  merged: Merged,
  ground: Ground,
): { readonly merged: Merged; readonly held: readonly FieldName[] } {
  const wanted = merged.get('Workflow');
  if (wanted?.value !== 'SUPPRESSED' || wanted.decider.allowCritical === true) return { merged, held: [] };
  const { finding, mark, permission } = ground;
  const mayWrite =
    standing(finding, mark, 'Workflow') !== 'other' ||
    permission.mayOverwrite('Workflow', wanted.decider) ||
    (currentValue(finding, 'Workflow') === 'SUPPRESSED' &&
      permission.mayTakeOver('Workflow', wanted.decider));
  if (!mayWrite) return { merged, held: [] };
  const after =
    changeOf('Severity', merged.get('Severity'), { ...ground, mayTakeBack: () => true }).write ??
    currentValue(ground.finding, 'Severity');
  if (![ground.viewed('Severity'), after].some((label) => rank(label) === rank('CRITICAL'))) {
    return { merged, held: [] };
  }
  const left = [...merged].filter(
    ([field, one]) => field !== 'Workflow' && !(field === 'Note' && one.decider === wanted.decider),
  );
  return { merged: new Map(left), held: ['Workflow'] };
}

/** Drops a note whose rule won a field that is someone else's: a note must not claim what was not done. */
function withoutUntrueNote(merged: Merged, ground: Ground): Merged {
  const author = merged.get('Note')?.decider;
  const untrue = [...merged].some(([field, wanted]) => {
    if (field === 'Note' || author === undefined || !wanted.winners.includes(author)) return false;
    if (standing(ground.finding, ground.mark, field) !== 'other') return false;
    const { mayOverwrite, mayTakeOver } = ground.permission;
    const isEqual = sameValue(wanted.value, currentValue(ground.finding, field));
    return !(isEqual && mayTakeOver(field, wanted.decider)) && !mayOverwrite(field, wanted.decider);
  });
  return untrue ? new Map([...merged].filter(([field]) => field !== 'Note')) : merged;
}
