import type { Finding } from '../../findings/finding.ts';
import { UPDATE_LIMITS } from '../../findings/update.ts';
import type { Bench, Change, Update, Updated } from '../bench.ts';
import { answered, type Outcome, type Probe, unanswered } from '../probe.ts';
import { SYNTHETIC_TYPE } from '../synthetic-finding.ts';

/**
 * The questions that updates of the synthetic finding answer, by their ids.
 *
 * @param hold the user-defined field that keeps this product's own function away; sent with every map
 */
export function updateProbes(
  bench: Bench,
  hold: Readonly<Record<string, string>>,
): Readonly<Record<string, Probe>> {
  const related = (n: number) => ({ ...bench.finding, Id: `${bench.finding.Id}/related-${n}` });
  const fields = (more: Readonly<Record<string, string>>) => ({ UserDefinedFields: { ...hold, ...more } });
  return {
    updatedAt: () => askUpdatedAt(bench),
    userDefinedFields: () =>
      askWhetherKept(bench, fields({ first: '1' }), fields({ second: '2' }), (finding) =>
        Object.hasOwn(mapOf(finding.UserDefinedFields), 'first'),
      ),
    types: () =>
      askWhetherKept(
        bench,
        { Types: [`${SYNTHETIC_TYPE}1`] },
        { Types: [`${SYNTHETIC_TYPE}2`] },
        ({ Types }) => Array.isArray(Types) && Types.includes(`${SYNTHETIC_TYPE}1`),
      ),
    relatedFindings: () =>
      askWhetherKept(
        bench,
        { RelatedFindings: [related(1)] },
        { RelatedFindings: [related(2)] },
        ({ RelatedFindings }) =>
          Array.isArray(RelatedFindings) && RelatedFindings.some(({ Id }) => Id === related(1).Id),
      ),
    emptyTypes: () => askEmpty(bench, 'Types', { Types: [SYNTHETIC_TYPE] }, { Types: [] }),
    emptyUserDefinedFields: async () => {
      const outcome = await askEmpty(bench, 'UserDefinedFields', fields({ first: '1' }), {
        UserDefinedFields: {},
      });
      // It may have gone with the others.
      await bench.change(fields({}));
      return outcome;
    },
    severityConflict: () => askSeverity(bench),
    tooManyIdentifiers: () => askIdentifiers(bench),
    tooManyUserDefinedFields: async () => {
      const keys = Array.from({ length: UPDATE_LIMITS.userDefinedFields + 1 }, (_, n) => [`key-${n}`, '1']);
      const updated = await bench.update({ UserDefinedFields: Object.fromEntries(keys) });
      if (updated.kind === 'processed') await bench.change(fields({}));
      return excessOf(updated);
    },
    tooLongValue: async () =>
      excessOf(
        await bench.update(fields({ first: 'x'.repeat(UPDATE_LIMITS.userDefinedValueCharacters + 1) })),
      ),
    noteOfSeveralLines: async () =>
      excessOf(
        await bench.update({ Note: { Text: 'First line\nSecond line', UpdatedBy: 'verify-account' } }),
      ),
  };
}

async function askUpdatedAt(bench: Bench): Promise<Outcome> {
  const before = (await bench.read())?.UpdatedAt;
  const change = await bench.change({});
  if (change.kind !== 'seen') return failed(change);
  const same = Date.parse(String(before)) === Date.parse(String(change.finding.UpdatedAt));
  return answered(same ? 'unchanged' : 'changed', `an update took effect within ${change.seconds} s`);
}

/** Two values one after the other: whether the first is still there. */
async function askWhetherKept(
  bench: Bench,
  first: Update,
  second: Update,
  isThere: (finding: Finding) => boolean,
): Promise<Outcome> {
  const one = await bench.change(first);
  if (one.kind !== 'seen') return failed(one);
  if (!isThere(one.finding)) return unanswered('The first value did not show on the finding.');
  const other = await bench.change(second);
  if (other.kind !== 'seen') return failed(other);
  return answered(isThere(other.finding) ? 'merged' : 'replaced');
}

async function askEmpty(bench: Bench, member: string, full: Update, empty: Update): Promise<Outcome> {
  const one = await bench.change(full);
  if (one.kind !== 'seen') return failed(one);
  const other = await bench.change(empty);
  if (other.kind !== 'seen') return isRefusal(other) ? answered('refused', other.code) : failed(other);
  const left = other.finding[member] ?? {};
  return answered(Object.keys(left).length === 0 ? 'cleared' : 'kept');
}

async function askSeverity(bench: Bench): Promise<Outcome> {
  const change = await bench.change({ Severity: { Label: 'LOW', Normalized: 50 } });
  if (change.kind !== 'seen') return isRefusal(change) ? answered('refused', change.code) : failed(change);
  const { Label, Normalized } = mapOf(change.finding.Severity);
  const seen = `LOW and 50 became ${String(Label)} and ${String(Normalized)}`;
  if (Label === 'LOW') return answered('label', seen);
  return Label === 'MEDIUM' ? answered('normalized', seen) : unanswered(`Neither counts: ${seen}.`);
}

async function askIdentifiers(bench: Bench): Promise<Outcome> {
  const beside = Array.from({ length: UPDATE_LIMITS.findingsPerCall }, (_, n) => ({
    ...bench.finding,
    Id: `${bench.finding.Id}/none-${n}`,
  }));
  const updated = await bench.update({ Criticality: 1 }, { beside });
  if (updated.kind === 'processed') return answered('taken');
  return isRefusal(updated) ? answered('refused', updated.code) : failed(updated);
}

/** What became of a value over its limit. */
function excessOf(updated: Updated): Outcome {
  if (updated.kind === 'processed') return answered('taken');
  if (updated.kind === 'unprocessed') return answered('findingUnprocessed', updated.code);
  return isRefusal(updated) ? answered('callRefused', updated.code) : failed(updated);
}

function isRefusal(updated: Change): updated is Extract<Updated, { kind: 'refused' }> {
  return updated.kind === 'refused';
}

function failed(change: Exclude<Change, { readonly kind: 'seen' }>): Outcome {
  const code = 'code' in change ? ` by ${change.code}` : '';
  return unanswered(`An update that should pass was ${change.kind}${code}.`);
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
