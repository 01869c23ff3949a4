import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { findTestFiles } from '../../lib/rule-tests/find-test-files.ts';
import { runRulesFolder } from '../../lib/rule-tests/run-rules-folder.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { RULES_DIR, readSamples } from './content.ts';

const ruleset = loadRulesetOrThrow(RULES_DIR);
const samples = [...readSamples().values()];
const NOW = Date.parse('2026-11-20T00:00:00Z');
const CUSTOM_ACTION = 'Security Hub Findings - Custom Action';
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const BUTTONS = [
  { detailType: CUSTOM_ACTION, actionName: 'Page responders', actionId: 'PageResponders' },
  { detailType: CUSTOM_ACTION, actionName: 'Accept the risk', actionId: 'AcceptRisk' },
];

/** Suppressions that show what enforcing does; every other one observes until its owner turns it on. */
const ENFORCED_SUPPRESSIONS = [
  'suppress-ci-runner-recon',
  'suppress-public-website-buckets',
  'suppress-sample-findings',
];

describe('the starter pack', () => {
  it('proves every condition of every rule: left out or reversed, some case fails', async () => {
    const { files } = findTestFiles(RULES_DIR, []);

    const { report } = await runRulesFolder(RULES_DIR, files, { coverage: true, mutate: true });

    expect(report.diagnostics).toEqual([]);
    expect(report.rules.length).toBeGreaterThanOrEqual(32);
    for (const { rule, proven } of report.rules) {
      expect.soft(proven?.of, rule).toBeGreaterThan(0);
      expect.soft(proven?.proven, rule).toBe(proven?.of);
    }
  });

  it('hides nothing unless its owner turns it on, but for three rules', () => {
    const enforced = ruleset.rules.filter(
      ({ mode, event }) => mode === 'enforce' && event.params.Workflow?.Status === 'SUPPRESSED',
    );

    expect(enforced.map(({ name }) => name).sort()).toEqual(ENFORCED_SUPPRESSIONS);
  });

  it('has a rule for each button and uses each list', () => {
    const conditions = JSON.stringify(ruleset.rules.map((rule) => rule.conditions));

    const unnamed = BUTTONS.filter(({ actionName }) => !conditions.includes(JSON.stringify(actionName)));
    const unused = Object.keys(ruleset.lists).filter((name) => !conditions.includes(`"lists.${name}"`));

    expect(ruleset.config.customActions).toEqual(BUTTONS.map(({ actionId }) => actionId).sort());
    expect(unnamed).toEqual([]);
    expect(unused).toEqual([]);
  });

  it.each([
    ['an import', IMPORTED] as const,
    ...BUTTONS.map((button) => [`the button "${button.actionName}"`, button] as const),
  ])('comes to rest after %s, all of it enforced', async (_, event) => {
    const all = { ...ruleset, rules: ruleset.rules.map((rule) => ({ ...rule, mode: 'enforce' as const })) };
    const decideAll = (findings: readonly Finding[]) =>
      Promise.all(findings.map((finding) => decide(finding, event, all, NOW)));

    const first = await decideAll(samples);
    const applied = samples.map((finding, index) => applyUpdate(finding, first[index]?.update ?? null));
    const second = await decideAll(applied);

    const deciding = new Set(first.flatMap(({ rules }) => rules));
    expect([...deciding].some((rule) => rule.endsWith('-on-action'))).toBe(event !== IMPORTED);
    expect(second.filter(({ update }) => update !== null)).toEqual([]);
  });
});
