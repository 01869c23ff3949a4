import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import { decide } from '../../lib/triage/decide.ts';
import { severityRank } from '../../lib/triage/field.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { referenceDecide } from '../reference/decide.ts';
import { event, FOREIGN_ACTION, IMPORTED, NOW, ruleset, WITHDRAWABLE } from './generators.ts';
import { history, play } from './history.ts';

/** The same cases at every run; `PROPERTY_RUNS=100000 PROPERTY_SEED=7 npx vitest run test/triage` looks further. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 4000);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_122);

/** Lists and maps under the other reading of the API: merged into what is there instead of replacing it. */
function applyMerging(finding: Finding, update: FindingUpdate): Finding {
  const replaced = applyUpdate(finding, update);
  const union = (name: string) => {
    const items = [
      ...((finding[name] as unknown[] | undefined) ?? []),
      ...((replaced[name] as unknown[] | undefined) ?? []),
    ];
    return items.length === 0
      ? undefined
      : [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  };
  const fields = { ...(finding.UserDefinedFields as object | undefined), ...update.UserDefinedFields };
  return {
    ...replaced,
    ...(update.Types && { Types: union('Types') }),
    ...(update.RelatedFindings && { RelatedFindings: union('RelatedFindings') }),
    ...(update.UserDefinedFields && { UserDefinedFields: fields }),
  };
}

describe('decide', () => {
  it('sends nothing when it decides again after applying, for every finding, ruleset and second event', async () => {
    const seen: Record<string, number> = {};
    const count = (what: string, when = true) => {
      if (when) seen[what] = (seen[what] ?? 0) + 1;
    };

    await fc.assert(
      fc.asyncProperty(history, ruleset, event, async (past, rules, first) => {
        const finding = await play(past);

        const decision = await decide(finding, first, rules, NOW);

        const fields = (finding.UserDefinedFields ?? {}) as Record<string, string>;
        const update = decision.update;
        const wasSet = JSON.parse(update?.UserDefinedFields?.triageSet ?? '{}') as Record<string, unknown>;
        count(decision.kind);
        count('marked', fields.triageSet !== undefined);
        count('forged', past.steps.some(({ kind }) => kind === 'forged') && fields.triageSet !== undefined);
        count('withdrawn', wasSet.off !== undefined);
        count('kept', decision.kept !== undefined);
        count('overwritten', wasSet.was !== undefined);
        count(
          'held by a person',
          decision.held.some(({ by }) => by === 'person'),
        );
        count(
          'held by the guard on CRITICAL',
          decision.held.some(({ by }) => by === 'critical'),
        );
        count(
          'held whole',
          decision.held.some(({ by }) => by === 'hold'),
        );
        count('reopened', reopened(finding, fields.triageSet));
        count('acted', first.actionId === 'press' && decision.kind === 'update');
        count('re-triaged', first.actionId === 'triageRetriage' && decision.kind === 'update');
        count('mark alone', update !== null && Object.keys(update).join() === 'UserDefinedFields');
        if (decision.kind !== 'update' || update === null) return;
        for (const second of [first, IMPORTED, FOREIGN_ACTION]) {
          const again = await decide(applyUpdate(finding, update), second, rules, NOW);
          expect(again.update).toBeNull();
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );

    console.info('cases drawn:', JSON.stringify(seen));
    for (const hard of [
      'marked',
      'forged',
      'withdrawn',
      'kept',
      'overwritten',
      'held by a person',
      'held whole',
      'reopened',
      'acted',
      're-triaged',
      'held by the guard on CRITICAL',
      'mark alone',
      'observed',
    ]) {
      expect.soft(seen[hard] ?? 0, hard).toBeGreaterThan(RUNS / 400);
    }
  });

  it('says what the independent reference says', async () => {
    await fc.assert(
      fc.asyncProperty(history, ruleset, event, async (past, rules, first) => {
        const finding = await play(past);

        const decision = await decide(finding, first, rules, NOW);
        const expected = referenceDecide(finding, first, rules, NOW);

        expect({
          kind: decision.kind,
          update: decision.update,
          rules: decision.rules,
          held: decision.held.map(({ field }) => field).sort(),
          kept: [...(decision.kept ?? [])].sort(),
        }).toEqual({
          kind: expected.kind,
          update: expected.update,
          rules: expected.rules,
          held: [...expected.held].sort(),
          kept: [...(expected.kept ?? [])].sort(),
        });
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('comes to rest after two more updates at most where the API merges maps and lists', async () => {
    await fc.assert(
      fc.asyncProperty(history, ruleset, async (past, rules) => {
        let finding = await play(past);
        let updates = 0;

        for (let event = 0; event < 6; event += 1) {
          const { kind, update } = await decide(finding, IMPORTED, rules, NOW);
          if (kind === 'update' && update !== null) {
            finding = applyMerging(finding, update);
            updates += 1;
          }
        }

        // A list that did not shrink is someone else's from then on, and rules that read it may then decide the
        // other list, which a rule with `adopt` may take over in turn.
        expect(updates).toBeLessThanOrEqual(3);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('never makes a finding less visible where no rule asks for it, whatever the mark says', async () => {
    await fc.assert(
      fc.asyncProperty(history, ruleset, async (past, rules) => {
        const finding = await play(past);
        const config = { ...rules.config, withdrawing: WITHDRAWABLE };

        const { update } = await decide(finding, IMPORTED, { ...rules, rules: [], config }, NOW);

        const provider = finding.FindingProviderFields as { Severity?: { Label?: string } } | undefined;
        expect(['SUPPRESSED', 'RESOLVED', 'NOTIFIED']).not.toContain(update?.Workflow?.Status);
        if (update?.Severity && provider?.Severity?.Label) {
          expect(severityRank(update.Severity.Label)).toBeGreaterThanOrEqual(
            severityRank(provider.Severity.Label),
          );
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

function reopened(finding: Finding, set: string | undefined): boolean {
  const mark = JSON.parse(set ?? '{}') as Record<string, unknown>;
  const status = (finding.Workflow as { Status?: string } | undefined)?.Status ?? 'NEW';
  return status === 'NEW' && (mark.Workflow === 'NOTIFIED' || mark.Workflow === 'RESOLVED');
}
