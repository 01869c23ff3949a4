import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { findTestFiles } from '../../lib/rule-tests/find-test-files.ts';
import { createJudge } from '../../lib/rule-tests/judge-rule.ts';
import { loadRuleTests } from '../../lib/rule-tests/load-rule-tests.ts';
import { mergePatch } from '../../lib/rule-tests/merge-patch.ts';
import { runCase } from '../../lib/rule-tests/run-case.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { RULES_DIR, readSamples } from './content.ts';

const ruleset = loadRulesetOrThrow(RULES_DIR);
/** Rules that stand in a file of their own; test/rules/exceptions tries what rows become. */
const written = ruleset.rules.filter(({ name }) => !name.startsWith('exceptions/'));
const samples = readSamples();
const { tests, diagnostics } = loadRuleTests(RULES_DIR, findTestFiles(RULES_DIR, []).files, ruleset);
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

describe('the starter rules', () => {
  it('write all nine updatable fields between them, enforced', () => {
    const enforced = ruleset.rules.filter(({ mode }) => mode === 'enforce');

    const fields = new Set(enforced.flatMap(({ event }) => Object.keys(event.params)));

    expect(fields).toEqual(new Set(UPDATABLE_FIELDS));
  });

  it('are each owned, reasoned and tested, and no two have one priority', () => {
    const unreasoned = written.filter(({ reason, description }) => !reason || !description);
    const priorities = new Set(written.map(({ priority }) => priority));

    expect(diagnostics).toEqual([]);
    expect(unreasoned).toEqual([]);
    expect(priorities.size).toBe(written.length);
    expect(tests.map(({ rule }) => rule.name).sort()).toEqual(written.map(({ name }) => name).sort());
  });

  it('hide findings only for a coded reason, with an end or a review, and never a critical one', async () => {
    const hiding = ruleset.rules.filter(({ event }) => event.params.Workflow?.Status === 'SUPPRESSED');
    const critical = [...samples.values()].map(
      (sample) =>
        mergePatch(sample, {
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

describe.each(tests)('$rule.name', ({ rule, cases }) => {
  const judge = createJudge(rule, ruleset);

  it.each(cases)('$name', async (ruleCase) => {
    const { result } = await runCase(rule, ruleset, judge, ruleCase);

    const { outcome, mismatches } = result;
    const wanted = ruleCase.knownGap === undefined ? 'passed' : 'gap';
    expect({ outcome, mismatches }).toEqual({
      outcome: wanted,
      mismatches: wanted === 'gap' ? mismatches : [],
    });
  });

  it('gives a reason for each near miss', () => {
    const misses = cases.filter(({ expect: { matches } }) => !matches);

    const unreasoned = misses.filter(({ expect: { because } }) => because === undefined);

    expect(misses).not.toEqual([]);
    expect(unreasoned).toEqual([]);
  });
});
