import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { ConditionTrace } from '../../lib/triage/decision.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { patched, RULES_DIR, type RuleCase, readRuleTests, readSamples } from './content.ts';

const ruleset = loadRulesetOrThrow(RULES_DIR);
/** Rules that stand in a file of their own; test/rules/exceptions tries what rows become. */
const written = ruleset.rules.filter(({ name }) => !name.startsWith('exceptions/'));
const samples = readSamples();
const tests = readRuleTests();
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const CUSTOM_ACTION = 'Security Hub Findings - Custom Action';

/** Decides the finding of a case and picks what became of the rule under test. */
async function judge(rule: string, { finding: name, with: patch, event }: RuleCase, now: string) {
  const sample = samples.get(name);
  if (sample === undefined) throw new Error(`There is no sample "${name}".`);
  const finding = (patch === undefined ? sample : patched(sample, patch)) as Finding;
  const arrival = event === undefined ? IMPORTED : { detailType: CUSTOM_ACTION, ...event };
  const decision = await decide(finding, arrival, ruleset, Date.parse(now), 'all');
  const trace = decision.trace.find((entry) => entry.rule === rule);
  if (trace === undefined) throw new Error(`There is no rule "${rule}".`);
  return { decision, trace };
}

function namesOf(conditions: readonly ConditionTrace[], result: boolean): readonly (string | undefined)[] {
  return conditions.filter((condition) => condition.result === result).map(({ name }) => name);
}

describe('the starter rules', () => {
  it('write all nine updatable fields between them, enforced', () => {
    const enforced = ruleset.rules.filter(({ mode }) => mode === 'enforce');

    const fields = new Set(enforced.flatMap(({ event }) => Object.keys(event.params)));

    expect(fields).toEqual(new Set(UPDATABLE_FIELDS));
  });

  it('are each owned, reasoned and tested, and no two have one priority', () => {
    const unreasoned = written.filter(({ reason, description }) => !reason || !description);
    const priorities = new Set(written.map(({ priority }) => priority));

    expect(unreasoned).toEqual([]);
    expect(priorities.size).toBe(written.length);
    expect(tests.map(({ rule }) => rule).sort()).toEqual(written.map(({ name }) => name).sort());
  });

  it('hide findings only for a coded reason, with an end or a review, and never a critical one', async () => {
    const hiding = ruleset.rules.filter(({ event }) => event.params.Workflow?.Status === 'SUPPRESSED');
    const critical = [...samples.values()].map(
      (sample) =>
        patched(sample, {
          Severity: { Label: 'CRITICAL' },
          FindingProviderFields: { Severity: { Label: 'CRITICAL' } },
        }) as Finding,
    );

    const decisions = await Promise.all(
      critical.map((finding) => decide(finding, IMPORTED, ruleset, Date.parse('2026-11-20T00:00:00Z'))),
    );
    const matched = new Set(decisions.flatMap(({ trace }) => trace.map(({ rule }) => rule)));

    expect(hiding.filter(({ mode }) => mode === 'enforce').length).toBeGreaterThanOrEqual(3);
    expect(hiding.filter(({ reasonCode }) => reasonCode === undefined)).toEqual([]);
    expect(hiding.filter(({ expires, reviewBy }) => expires === 'never' && reviewBy === undefined)).toEqual(
      [],
    );
    expect(hiding.filter(({ name }) => matched.has(name))).toEqual([]);
    expect(matched.size).toBeGreaterThan(0);
  });

  it('make every kind of outcome on the samples, and leave each sample at rest', async () => {
    const now = Date.parse('2026-11-20T00:00:00Z');
    const findings = [...samples.values()];

    const first = await Promise.all(findings.map((finding) => decide(finding, IMPORTED, ruleset, now)));
    const applied = findings.map((finding, index) => applyUpdate(finding, first[index]?.update ?? null));
    const second = await Promise.all(applied.map((finding) => decide(finding, IMPORTED, ruleset, now)));

    expect(new Set(first.map(({ kind }) => kind))).toEqual(
      new Set(['update', 'held', 'observed', 'unchanged']),
    );
    expect(second.filter(({ update }) => update !== null)).toEqual([]);
  });
});

describe.each(tests)('$file', ({ rule, now, cases }) => {
  it.each(cases)('$name', async (ruleCase) => {
    const { matches, because, update } = ruleCase.expect;

    const { decision, trace } = await judge(rule, ruleCase, now);

    if (ruleCase.knownGap !== undefined) expect(trace.matched).toBe(!matches);
    else expect(trace.matched).toBe(matches);
    if (!matches) expect(namesOf(trace.conditions, false)).toEqual([because]);
    if (update !== undefined) expect(decision.update).toMatchObject(update);
  });

  it('shows each condition true and false', async () => {
    const traces = await Promise.all(cases.map(async (ruleCase) => (await judge(rule, ruleCase, now)).trace));
    const all = traces.flatMap(({ conditions }) => conditions);

    const seenTrue = new Set(namesOf(all, true));
    const seenFalse = new Set(namesOf(all, false));

    expect(seenTrue.size).toBeGreaterThan(0);
    expect(seenFalse).toEqual(seenTrue);
  });
});
