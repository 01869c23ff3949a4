import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import { findingsStatements } from '../../../lib/infrastructure/permissions/findings-access.ts';
import { evaluatePolicies } from '../../../lib/local/iam/evaluate.ts';
import { loadRules } from '../../../lib/rules/load.ts';
import { writePermissionsOf } from '../../../lib/rules/permissions/write-permissions.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { applyUpdate } from '../../reference/apply-update.ts';
import { IMPORTED } from '../../triage/generators.ts';
import { HUB, mayWrite, withdrawing } from './asked-of-policy.ts';

const RULES = fileURLToPath(new URL('../../../rules', import.meta.url));
/** A day on which no rule or list entry that comes with the app has ended. */
const NOW = Date.parse('2026-11-20T12:00:00Z');
const { ruleset } = loadRules(RULES);
const samples = readdirSync(`${RULES}/samples`)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`${RULES}/samples/${name}`, 'utf8')) as Finding);

function starter(): Ruleset {
  if (ruleset === null) throw new Error('The rules that come with the app do not load.');
  return ruleset;
}

const enforced = starter().rules.filter(({ mode }) => mode === 'enforce');

describe('the policy of the rules that come with the app', () => {
  it('allows all that they decide on the samples', async () => {
    const updates = await updatesOf(samples, starter());

    expect(updates.length).toBeGreaterThan(40);
    expect(updates.filter((update) => !mayWrite(starter(), update))).toEqual([]);
  });

  it.each(enforced.map(({ name }) => name))(
    'allows taking back what %s wrote once it is gone',
    async (name) => {
      const before = await Promise.all(
        samples.map(async (sample) =>
          applyUpdate(sample, (await decide(sample, IMPORTED, starter(), NOW)).update),
        ),
      );
      const later = withdrawing(starter(), {
        ...starter(),
        rules: starter().rules.filter((rule) => rule.name !== name),
      });

      const updates = await updatesOf(before, later);

      expect(updates.filter((update) => !mayWrite(later, update))).toEqual([]);
    },
  );

  it('allows taking all of it back once no rule is left', async () => {
    const before = await Promise.all(
      samples.map(async (sample) =>
        applyUpdate(sample, (await decide(sample, IMPORTED, starter(), NOW)).update),
      ),
    );
    const later = withdrawing(starter(), { ...starter(), rules: [] });

    const updates = await updatesOf(before, later);

    expect(updates.length).toBeGreaterThan(20);
    expect(updates.filter((update) => !mayWrite(later, update))).toEqual([]);
    expect(updates.filter((update) => !mayWrite({ ...starter(), rules: [] }, update)).length).toBeGreaterThan(
      0,
    );
  });

  it('allows making a finding visible again with the note of a rule that was the last to write one', async () => {
    const hides = enforced.find(({ event }) => event.params.Workflow?.Status === 'SUPPRESSED');
    if (hides === undefined) throw new Error('No rule suppresses.');
    const params = { Workflow: { Status: 'SUPPRESSED' as const }, Note: { Text: 'known' } };
    const alone = { ...starter(), rules: [{ ...hides, event: { ...hides.event, params } }] };
    const hidden = await Promise.all(
      samples.map(async (sample) => applyUpdate(sample, (await decide(sample, IMPORTED, alone, NOW)).update)),
    );
    const none = { ...starter(), rules: [] };

    const updates = await updatesOf(hidden, none);

    expect(
      updates.filter(({ Note, Workflow }) => Note !== undefined && Workflow?.Status === 'NEW'),
    ).not.toEqual([]);
    expect(updates.filter((update) => !mayWrite(none, update))).toEqual([]);
  });

  it('suppresses nothing where no rule does, whatever else the function is made to ask', () => {
    const rules = starter().rules.filter(({ event }) => event.params.Workflow?.Status !== 'SUPPRESSED');

    expect(mayWrite(starter(), { Workflow: { Status: 'SUPPRESSED' } })).toBe(true);
    expect(mayWrite({ ...starter(), rules }, { Workflow: { Status: 'SUPPRESSED' } })).toBe(false);
  });

  it.each(['SeverityId', 'StatusId', 'Comment'])(
    'denies %s of BatchUpdateFindingsV2, which the same action covers, on either kind of hub',
    (field) => {
      const own = findingsStatements(writePermissionsOf(starter()), { mode: 'enforce', hubArn: HUB });
      const everything = [{ Effect: 'Allow', Action: 'securityhub:*', Resource: '*' }] as const;
      const may = (resourceArn: string, conditionKeys: Readonly<Record<string, string>>) =>
        evaluatePolicies([...own, ...everything], {
          action: 'securityhub:BatchUpdateFindings',
          resourceArn,
          conditionKeys,
        });

      for (const hub of [HUB, HUB.replace('hub/default', 'hubv2/0a1b')]) {
        expect(may(hub, { [`securityhub:OCSFSyntaxPath/${field}`]: '3' })).toBe('denied');
        expect(may(hub, {})).toBe('allowed');
      }
    },
  );

  it('is far from the size that IAM allows, with no rule and so with every denial', () => {
    const statements = findingsStatements(writePermissionsOf({ ...starter(), rules: [] }), {
      mode: 'enforce',
      hubArn: HUB,
    });

    // 6,144 characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(statements).length).toBeLessThan(4_000);
  });
});

async function updatesOf(findings: readonly Finding[], rules: Ruleset) {
  const decisions = await Promise.all(findings.map((finding) => decide(finding, IMPORTED, rules, NOW)));
  return decisions.flatMap(({ update, kind }) => (kind === 'update' && update !== null ? [update] : []));
}
