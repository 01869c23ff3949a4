import type { Finding } from '../findings/finding.ts';
import { type ExceptionRow, SUBJECTS } from '../rules/exceptions/exception-row.ts';
import { rowsOf } from '../rules/exceptions/exception-rules.ts';
import { nameOfRow } from '../rules/exceptions/expand-row.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { ReadFile } from '../rules/workspace.ts';
import { findingOfRow, resource, severity } from './exception-finding.ts';
import { outsideOf } from './glob-samples.ts';
import { EXPIRED } from './judge-rule.ts';
import type { Expectation, RuleCase, RuleTest } from './rule-test.ts';

const DAY_MS = 86_400_000;
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const SUPPRESSED = { Workflow: { Status: 'SUPPRESSED' } } as const;
const OTHER_CONTROLS = ['Example.1', 'Example.2'];
const OTHER_TEXTS = ['Something else', 'example/another', '~'];
const OTHER_RESOURCES = ['arn:aws:s3:::another-resource', 'another-resource', '~'];
const OTHER_ACCOUNTS = ['111122223333', '444455556666', '777788889999'];

/** What a case changes of the row's finding, and what must come of it. */
interface Sketch {
  readonly name: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly nowMs?: number;
  readonly expect: Expectation;
}

/**
 * Writes the tests that a row of exceptions would have as a rule of its own: a finding it is about, which ends up
 * suppressed on the day before its last one, and for each of its conditions one that fails by that alone.
 * A place in the report is the place of the row.
 */
export function exceptionTests(files: readonly ReadFile[], ruleset: Ruleset): readonly RuleTest[] {
  const rules = new Map(ruleset.rules.map((rule) => [rule.name, rule] as const));
  return files.flatMap(({ source, stem, value }) =>
    rowsOf({ value }).flatMap(({ row, path }) => {
      const rule = rules.get(nameOfRow(stem, row));
      if (rule === undefined) return [];
      const place = { file: source.file, ...source.locate([...path, 'id'], 'value').start };
      return [{ rule, cases: casesOf(row, place), place: { source, path } }];
    }),
  );
}

function casesOf(row: ExceptionRow, place: Pick<RuleCase, 'file' | 'line' | 'column'>): readonly RuleCase[] {
  const lastDayMs = Date.parse(row.until);
  const nowMs = lastDayMs - DAY_MS;
  const finding = findingOfRow(row, nowMs);
  return sketchesOf(row, finding, lastDayMs + DAY_MS).map(({ name, change, expect, ...sketch }) => ({
    name,
    finding: { ...finding, ...change },
    event: IMPORTED,
    nowMs: sketch.nowMs ?? nowMs,
    expect,
    generated: true,
    ...place,
  }));
}

function sketchesOf(row: ExceptionRow, finding: Finding, afterMs: number): readonly Sketch[] {
  const miss = (name: string, because: string, change: Sketch['change']): Sketch => ({
    name,
    ...(change && { change }),
    expect: { matches: false, because },
  });
  return [
    { name: 'what it is about', expect: { matches: true, update: SUPPRESSED } },
    ...otherSubject(row, miss),
    miss('the same in another account', 'accounts', { AwsAccountId: otherAccount(row.accounts) }),
    ...(row.resources === undefined
      ? []
      : [miss('on one resource more', 'resources', oneResourceMore(row.resources, finding))]),
    row.allowCritical === true
      ? {
          name: 'a CRITICAL one',
          change: severity('CRITICAL'),
          expect: { matches: true, update: SUPPRESSED },
        }
      : miss('a CRITICAL one', 'below critical', severity('CRITICAL')),
    {
      name: 'on the day after its last',
      nowMs: afterMs,
      expect: { matches: false, because: EXPIRED },
    },
  ];
}

type Miss = (name: string, because: string, change: Sketch['change']) => Sketch;

function otherSubject(row: ExceptionRow, miss: Miss): readonly Sketch[] {
  const subject = SUBJECTS.find((name) => row[name] !== undefined) ?? 'control';
  const wanted = row[subject] ?? '';
  if (subject === 'control') {
    const other = outsideOf([wanted], OTHER_CONTROLS);
    return [
      miss('another control', subject, { Compliance: { Status: 'FAILED', SecurityControlId: other } }),
      miss('the control passes', 'not passed', {
        Compliance: { Status: 'PASSED', SecurityControlId: wanted },
      }),
    ];
  }
  // Where the pattern takes every text, only a finding without one is not meant.
  const member = subject === 'title' ? 'Title' : 'GeneratorId';
  return [miss(`another ${subject}`, subject, { [member]: outsideOf([wanted], OTHER_TEXTS) })];
}

function otherAccount(accounts: readonly string[]): string {
  const invented = Array.from({ length: accounts.length + 1 }, (_, i) => String(i).padStart(12, '0'));
  return outsideOf(accounts, [...OTHER_ACCOUNTS, ...invented]) ?? '';
}

/** A resource that is not among those named; where they let every one through, a finding on none at all. */
function oneResourceMore(named: readonly string[], { Resources }: Finding): Sketch['change'] {
  const other = outsideOf(named, OTHER_RESOURCES);
  const list = Array.isArray(Resources) ? Resources : [];
  // A finding has up to 32 resources: where the row names as many, the other one stands in place of the last.
  return { Resources: other === undefined ? [] : [...list.slice(0, 31), resource(other)] };
}
