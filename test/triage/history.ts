import fc from 'fast-check';
import type { Finding } from '../../lib/findings/finding.ts';
import { decide } from '../../lib/triage/decide.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import {
  forgedMarks,
  IMPORTED,
  NOW,
  PRESS,
  RETRIAGE,
  ruleset,
  touch,
  untouchedFinding,
} from './generators.ts';

/** What can befall a finding between two decisions. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('decided' as const),
      ruleset,
      event: fc.constantFrom(IMPORTED, IMPORTED, PRESS, RETRIAGE),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('touched' as const), touch }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('refreshed' as const), refreshed: untouchedFinding }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopened' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forged' as const), marks: forgedMarks }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      key: fc.constantFrom('triageHold', 'triageHold', 'oldHold'),
      value: fc.constantFrom('on', 'off'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A finding with a past: decided under earlier rulesets, changed by people, providers and the service, or forged. */
export const history: fc.Arbitrary<{ first: Finding; steps: Step[] }> = fc.record({
  first: untouchedFinding,
  steps: fc.array(step, { maxLength: 5 }),
});

/** Plays a history; returns the finding as it stands at its end. */
export async function play({ first, steps }: { first: Finding; steps: readonly Step[] }): Promise<Finding> {
  let finding = first;
  for (const next of steps) finding = await after(finding, next);
  return finding;
}

async function after(finding: Finding, next: Step): Promise<Finding> {
  switch (next.kind) {
    case 'decided': {
      const decision = await decide(finding, next.event, next.ruleset, NOW);
      return decision.kind === 'update' ? applyUpdate(finding, decision.update) : finding;
    }
    case 'touched':
      return withFields(
        { ...finding, ...next.touch, UserDefinedFields: finding.UserDefinedFields },
        next.touch.UserDefinedFields,
      );
    case 'refreshed':
      return refreshed(finding, next.refreshed);
    case 'reopened':
      return { ...finding, Workflow: { Status: 'NEW' } };
    case 'forged':
      return withFields(finding, next.marks);
    case 'hold':
      return withFields(finding, { [next.key]: next.value });
  }
}

/** A provider's refresh: FindingProviderFields move; a top level that BatchUpdateFindings has set does not. */
function refreshed(finding: Finding, next: Finding): Finding {
  const provider = next.FindingProviderFields;
  const { RecordState, Compliance } = next;
  if (provider === undefined) return { ...finding, RecordState, Compliance };
  return { ...finding, RecordState, Compliance, FindingProviderFields: provider };
}

function withFields(finding: Finding, added: unknown): Finding {
  const fields = { ...(finding.UserDefinedFields as object | undefined), ...(added as object | undefined) };
  return Object.keys(fields).length === 0 ? finding : { ...finding, UserDefinedFields: fields };
}
