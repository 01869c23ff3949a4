import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { paint } from '../../../lib/cli/colour.ts';
import { compact } from '../../../lib/simulation/reporters/compact.ts';
import { json } from '../../../lib/simulation/reporters/json.ts';
import { pretty } from '../../../lib/simulation/reporters/pretty.ts';
import {
  SIMULATION_FORMATS,
  SIMULATION_REPORTERS,
  type SimulationFormat,
} from '../../../lib/simulation/reporters/reporters.ts';
import type { RulesetFigures, SimulationReport } from '../../../lib/simulation/simulation-report.ts';
import { bySeverity, sampleReport } from './sample-report.ts';

const COMPARED = sampleReport({ findings: 4_000 });
const ALONE = sampleReport({ findings: 4_000, compared: false });

describe('every report of simulate', () => {
  it.each(SIMULATION_FORMATS)(
    'is the same for the same input, without a line break at its end: %s',
    (format) => {
      const first = SIMULATION_REPORTERS[format](COMPARED);

      expect(SIMULATION_REPORTERS[format](structuredClone(COMPARED))).toBe(first);
      expect(first).not.toMatch(/\n$/);
    },
  );

  it.each(SIMULATION_FORMATS)('can be written of nothing: %s', (format) => {
    const empty = sampleReport({ findings: 0 });

    const texts = [empty, { ...empty, comparison: null }].map((report) =>
      SIMULATION_REPORTERS[format](report),
    );

    for (const text of texts) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each(['pretty', 'markdown', 'html'] as const)('says first what would be hidden: %s', (format) => {
    const text = SIMULATION_REPORTERS[format](COMPARED);

    const [critical, high] = ['CRITICAL', 'HIGH'].map((severity) =>
      text.indexOf(`${severity} findings that would be hidden`),
    );
    expect(critical).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(critical ?? 0);
    expect(text.indexOf('i-0')).toBeGreaterThan(critical ?? 0);
  });

  it.each(['pretty', 'compact', 'markdown', 'html'] as const)(
    'says so where reading was interrupted: %s',
    (format) => {
      const text = SIMULATION_REPORTERS[format]({ ...COMPARED, partial: true });

      expect(text).toMatch(/interrupted/i);
      expect(SIMULATION_REPORTERS[format](COMPARED)).not.toMatch(/interrupted/i);
    },
  );
});

const TEXTS = ['pretty', 'compact', 'markdown', 'html'] as const;
const withDeadLetters = (base: number, change: number): SimulationReport => {
  const report = sampleReport({ findings: 10 });
  const { comparison, figures } = report;
  if (comparison === null) throw new Error('There is a base.');
  const dead = (of: typeof figures, deadLettered: number) => ({
    ...of,
    outcomes: { ...of.outcomes, deadLettered },
  });
  const changes = Object.fromEntries(
    Object.keys(comparison.changes).map((kind) => [kind, bySeverity({})]),
  ) as typeof comparison.changes;
  return {
    ...report,
    figures: dead(figures, change),
    comparison: {
      ...comparison,
      changes,
      base: { ...comparison.base, figures: dead(comparison.base.figures, base) },
    },
  };
};

const CHANGED_FIGURES: RulesetFigures = {
  rules: 77,
  outcomes: { updated: 7_771 },
  workflow: { NEW: 7_772 },
  severity: bySeverity({ LOW: 7_773 }),
  noOps: 7_774,
  held: { person: 7_775 },
  calls: 7_776,
  batchFill: 77.7,
  quotaSeconds: 777.8,
  byRule: [{ rule: 'another', matched: 7_779, decided: 7_780 }],
};
type Member = keyof RulesetFigures;
const MEMBERS = Object.keys(CHANGED_FIGURES) as readonly Member[];
/** Where a comparison tells changes in their place, or lines for logs say no more than the most important. */
const LEFT_OUT: Readonly<Record<'compared' | 'alone', Partial<Record<SimulationFormat, readonly Member[]>>>> =
  {
    compared: {
      pretty: ['rules', 'outcomes', 'workflow', 'severity', 'byRule'],
      compact: ['workflow', 'severity', 'held', 'byRule'],
      markdown: [],
    },
    alone: { compact: ['workflow', 'severity', 'held', 'byRule'] },
  };

describe.each([
  ['compared', COMPARED],
  ['alone', ALONE],
] as const)('the figures of a ruleset, %s', (how, report) => {
  it.each(SIMULATION_FORMATS.flatMap((format) => MEMBERS.map((member) => [format, member] as const)))(
    'are told or known to be left out: %s, %s',
    (format, member) => {
      const changed: SimulationReport = {
        ...report,
        figures: { ...report.figures, [member]: CHANGED_FIGURES[member] },
      };

      const isTold = SIMULATION_REPORTERS[format](changed) !== SIMULATION_REPORTERS[format](report);

      expect(isTold).toBe(!LEFT_OUT[how][format]?.includes(member));
    },
  );
});

describe('dead letters of a change', () => {
  it.each(TEXTS)('are told beside those of the base: %s', (format) => {
    const text = SIMULATION_REPORTERS[format](withDeadLetters(7, 300)).replaceAll('&nbsp;', ' ');

    expect(text).toMatch(
      /dead letters[^\n]* 7 -> 300|dead letters +7 → 300|7 → 300<.*dead letters|dead letters<.*7 → 300/,
    );
  });

  it.each([
    [0, 300, '⚠️ 300 more findings would end as dead letters'],
    [299, 300, '⚠️ 1 more finding would end as dead letters'],
    [300, 7, '✓ No CRITICAL'],
  ])('are in the verdict where they become more: from %i to %i', (before, after, verdict) => {
    expect(SIMULATION_REPORTERS.markdown(withDeadLetters(before, after))).toContain(`**${verdict}`);
  });
});

describe('input that could not be read', () => {
  const report = withDeadLetters(0, 0);
  const unread: SimulationReport = {
    ...report,
    findings: { ...report.findings, unreadable: { count: 3, first: [{ place: 'a.gz', message: 'is cut' }] } },
  };

  it.each(TEXTS)('is told in the report: %s', (format) => {
    expect(SIMULATION_REPORTERS[format](unread)).toMatch(
      /(?:Could not be read: 3|unreadable: 3) places of the input/,
    );
    expect(SIMULATION_REPORTERS[format](report)).not.toMatch(/places? of the input/);
  });

  it.each(['markdown', 'html'] as const)('lets nothing pass for well: %s', (format) => {
    expect(SIMULATION_REPORTERS[format](report)).toContain('✓ No CRITICAL');
    expect(SIMULATION_REPORTERS[format](unread)).not.toContain('✓');
    expect(SIMULATION_REPORTERS[format](unread)).toContain('but not all of the input was read.');
    expect(SIMULATION_REPORTERS[format]({ ...report, partial: true })).not.toContain('✓');
  });
});

describe('what was asked of the command', () => {
  const report = withDeadLetters(0, 0);

  it.each(TEXTS)('shows where rules that observe were taken for enforced: %s', (format) => {
    const said = /rules that only observe count as if they were enforced/;
    expect(SIMULATION_REPORTERS[format]({ ...report, asEnforced: true })).toMatch(said);
    expect(SIMULATION_REPORTERS[format](report)).not.toMatch(said);
  });

  it.each(TEXTS)('shows what became of its gates: %s', (format) => {
    const text = SIMULATION_REPORTERS[format]({
      ...report,
      gates: [
        { option: '--forbid-newly-suppressed', severity: 'HIGH', limit: 0, found: 3, tripped: true },
        { option: '--max-newly-suppressed', severity: null, limit: 5, found: 4, tripped: false },
      ],
    });

    expect(text).toContain(
      'Gates: --forbid-newly-suppressed HIGH TRIPPED (3 found, 0 allowed); --max-newly-suppressed 5 passed (4 found, 5 allowed).',
    );
    expect(SIMULATION_REPORTERS[format](report)).not.toContain('Gates:');
  });
});

describe('the report for people', () => {
  it('tells the impact in a few lines, and the findings nobody should hide unseen', () => {
    const small = sampleReport({ findings: 1_000 });

    const text = pretty(small, { paint: paint(false), columns: 120 });

    expect(text.split('\n')).toEqual([
      'Impact of 2 changed rules on 1 000 findings (14 days)          base origin/main (1f0c2ab) → working tree',
      '  Left out, without Id or ProductArn: 1 of 1 003 read.',
      '  Read more than once and counted once: 2.',
      '  newly suppressed        30    CRITICAL 0   HIGH 1   MEDIUM 10   LOW 10   INFORMATIONAL 9',
      '  no longer suppressed     5    HIGH 1   MEDIUM 1   LOW 2   INFORMATIONAL 1',
      '  severity lowered         5    MEDIUM 2   LOW 1   INFORMATIONAL 2',
      '  severity raised          5    CRITICAL 1   MEDIUM 1   LOW 1   INFORMATIONAL 2',
      '  other fields changed     5    MEDIUM 2   LOW 2   INFORMATIONAL 1',
      '  unchanged              950    of which no-op updates skipped 800',
      '  API calls                1 → 6 (≤ 100 findings each)',
      '  findings a call       97.1 → 97.1 on average; 0.1 → 0.6 s of the quota of 10 calls a second',
      '  held back               10    somebody’s value 10',
      'HIGH findings that would be hidden (1)',
      '  444412345678  GuardDuty  Recon:EC2/Portscan  i-055114  suppress-ci-runner-recon',
    ]);
  });

  it('tells the figures of one ruleset where there is no base', () => {
    const text = pretty(ALONE);

    expect(text).toContain('4 rules on 4 000 findings (14 days)');
    expect(text).toMatch(/workflow +NEW 3 5\d\d → 3 4\d\d · SUPPRESSED/);
    expect(text).toMatch(/suppress-ci-runner-recon +501 +333/);
  });

  it('stays within the width of the terminal where rules leave room', () => {
    const report = sampleReport({ findings: 20_000 });

    const rows = pretty(report, { paint: paint(false), columns: 100 })
      .split('\n')
      .filter((line) => line.includes(' i-0'));

    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(100);
  });

  it('shows twenty rows of a severity and says how many more there are', () => {
    const text = pretty(sampleReport({ findings: 48_210 }));

    expect(text.match(/ i-0/g)).toHaveLength(40);
    expect(text).toContain('… and 15 more: see -o html=<path>, or --decisions <file> for all');
  });

  it('says what rules that only observe would have done', () => {
    const observed: SimulationReport = {
      ...ALONE,
      figures: { ...ALONE.figures, outcomes: { ...ALONE.figures.outcomes, observed: 1_234 } },
    };

    expect(pretty(observed)).toMatch(/only observed +1 234 {2}their rules or the stack only observe/);
  });

  it('says in words what it says in colour', () => {
    const coloured = pretty(COMPARED, { paint: paint(true) });

    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(pretty(COMPARED));
  });
});

describe('the reports for programs', () => {
  it('give a line each, with figures as they are', () => {
    const lines = compact(sampleReport({ findings: 48_210 })).split('\n');

    expect(lines[0]).toBe('findings: 48210 distinct of 48213 read, 2 duplicates, 1 invalid; rules 4');
    expect(lines).toContain(
      'newly suppressed: 1447 (CRITICAL 24, HIGH 35, MEDIUM 463, LOW 464, INFORMATIONAL 461, NONE 0)',
    );
    expect(lines.filter((line) => line.startsWith('CRITICAL newly suppressed: '))).toHaveLength(24);
    expect(compact(ALONE).split('\n')).toHaveLength(3);
  });

  it('give the whole report as JSON, under its version', () => {
    expect(JSON.parse(json(COMPARED))).toEqual(COMPARED);
    expect(JSON.parse(json(ALONE))).toMatchObject({ version: 1, comparison: null });
  });
});
