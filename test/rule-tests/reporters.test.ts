import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseResult, RuleResult, TestReport } from '../../lib/rule-tests/report.ts';
import { github, githubSummary } from '../../lib/rule-tests/reporters/github.ts';
import { REPORTERS, type ReportFormat } from '../../lib/rule-tests/reporters/reporters.ts';
import { DIAGNOSTIC_NAMES, type Diagnostic } from '../../lib/rules/diagnostic.ts';
import { PLAIN } from '../../lib/rules/surface.ts';
import { junitFaults, sarifFaults, valuesAt } from '../rules/reporters/official-schemas.ts';

const CWD = join('/', 'work', 'here');
const FILE = join(CWD, 'rules', 'area', 'notify.test.json');
const CONTEXT = { cwd: CWD, sources: new Map() };

const PASSED: CaseResult = {
  rule: 'notify',
  name: 'match',
  file: FILE,
  line: 5,
  column: 15,
  outcome: 'passed',
  mismatches: [],
  conditions: [],
};
const FAILED: CaseResult = {
  ...PASSED,
  name: 'same scan in production',
  line: 12,
  outcome: 'failed',
  mismatches: [{ expected: 'no match, because "CI account" is false', actual: 'match → SUPPRESSED' }],
  conditions: [
    {
      name: 'GuardDuty',
      fact: 'ProductName',
      expected: 'equal "GuardDuty"',
      actual: '"GuardDuty"',
      result: true,
    },
    {
      name: 'CI account',
      fact: 'AwsAccountId',
      expected: 'in ["444455556666", …]',
      actual: '"444455556666"',
      result: true,
      wanted: false,
    },
  ],
};
const GAP: CaseResult = { ...PASSED, name: 'behind NAT', outcome: 'gap', knownGap: 'needs egress IP fact' };

function diagnostic(severity: Diagnostic['severity'], message: string): Diagnostic {
  const range = { start: { line: 3, column: 7 }, end: { line: 3, column: 9 } };
  return {
    code: 'TR303',
    name: DIAGNOSTIC_NAMES.TR303,
    severity,
    message,
    help: 'Add a case.',
    file: FILE,
    range,
  };
}

function reportOf(
  cases: readonly CaseResult[],
  diagnostics: readonly Diagnostic[] = [],
  members: Partial<RuleResult> = {},
): TestReport {
  return { rules: [{ rule: 'notify', mode: 'enforce', cases, ...members }], diagnostics };
}

const HOSTILE = reportOf([{ ...FAILED, name: `<a href="x">&amp;'</a> ]]> \u0000\uFFFE 💥` }]);

const write = (format: ReportFormat, report: TestReport) => REPORTERS[format](report, CONTEXT);

describe('the report for people', () => {
  it('explains failures last, with the conditions as the engine saw them', () => {
    const report = reportOf([FAILED, GAP, PASSED], [], { proven: { proven: 4, of: 4 } });
    const text = REPORTERS.pretty(report, CONTEXT, { ...PLAIN, columns: 100 });

    expect(text).toBe(`✗ notify  1 passed · 1 failed · 1 known gap · 4/4 conditions proven

gap  notify › behind NAT: needs egress IP fact

FAIL  notify › same scan in production
  rules/area/notify.test.json:12
  expected   no match, because "CI account" is false
  actual     match → SUPPRESSED
    GuardDuty   ProductName   equal "GuardDuty"       "GuardDuty"     true
    CI account  AwsAccountId  in ["444455556666", …]  "444455556666"  true   ← expected false

1 case passed, 1 known gap, 1 failed, of 1 rule; 4/4 conditions proven.`);
  });

  it('tells only what is wrong and the closing count where that was asked for', () => {
    const report = reportOf([FAILED, GAP, PASSED], []);
    const context = { ...CONTEXT, quiet: true };

    expect(REPORTERS.pretty(report, context)).toMatch(/^FAIL {2}notify › .*, of 1 rule\.$/s);
    expect(REPORTERS.compact(report, context)).not.toContain('gap:');
  });

  it('fits the conditions of a failure into the terminal', () => {
    const surface = { ...PLAIN, columns: 72 };
    const text = REPORTERS.pretty(reportOf([FAILED], []), CONTEXT, surface);

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
    expect(text).toContain('true   ← expected false');
  });

  it('tells faults of files before the failures, and that a rule observes', () => {
    const text = write('pretty', reportOf([FAILED], [diagnostic('error', 'Weak.')], { mode: 'observe' }));

    expect(text).toContain('observes: tested as if enforced');
    expect(text.indexOf('TR303 unproven-condition')).toBeLessThan(text.indexOf('FAIL'));
    expect(text).toMatch(/0 cases passed, 1 failed, 1 error, of 1 rule\.$/);
  });

  it('counts cases made for rows on one line a file, and tells them from written ones', () => {
    const row = (rule: string, item: CaseResult): RuleResult => ({
      rule,
      mode: 'enforce',
      cases: [{ ...item, rule, generated: true }],
      proven: { proven: 4, of: 4 },
    });
    const rules = [row('exceptions/shop/a', PASSED), row('exceptions/shop/b', FAILED)];

    const alone = write('pretty', { rules, diagnostics: [] });
    const beside = write('compact', { rules: [...rules, ...reportOf([PASSED]).rules], diagnostics: [] });

    expect(alone).toMatch(
      /^✗ exceptions\/shop: 2 rows {2}1 generated passed · 1 failed · 8\/8 conditions proven\n/,
    );
    expect(alone).toContain('FAIL  exceptions/shop/b › same scan in production (generated)\n');
    expect(alone).toMatch(/1 generated case passed, 1 failed, of 2 rules; 8\/8 conditions proven\.$/);
    expect(beside).toMatch(/\n1 case \+ 1 generated passed, 1 failed, of 3 rules; 8\/8 conditions proven$/);
  });

  it('lets no name act on the terminal', () => {
    const hostile = { ...FAILED, rule: 'a\u001b[2J', name: 'b\u202e\n', knownGap: '\u0007' };

    const texts = (['pretty', 'compact', 'github', 'junit'] as const).map((format) =>
      write(format, reportOf([hostile, { ...hostile, outcome: 'gap' }])),
    );

    for (const text of texts)
      expect(text.match(/[\p{Cc}\p{Cf}]/gu)?.filter((found) => found !== '\n') ?? []).toEqual([]);
  });
});

describe('the report of one line each', () => {
  it('names the place, what was expected and what came', () => {
    const text = write('compact', reportOf([PASSED, FAILED, GAP], [diagnostic('warning', 'Weak.')]));

    expect(text.split('\n')).toEqual([
      'rules/area/notify.test.json:5:15: gap: notify › behind NAT: needs egress IP fact',
      'rules/area/notify.test.json:3:7: warning TR303 unproven-condition: Weak. Add a case.',
      'rules/area/notify.test.json:12:15: error: notify › same scan in production: expected no match, because "CI account" is false; actual match → SUPPRESSED',
      '1 case passed, 1 known gap, 1 failed, of 1 rule',
    ]);
  });
});

describe('the report for programs', () => {
  it('has a version, and paths from where the command was called', () => {
    const value = JSON.parse(write('json', reportOf([PASSED, FAILED])));

    expect(value).toMatchObject({
      version: 1,
      ok: false,
      counts: { passed: 1, gaps: 0, failed: 1 },
      diagnostics: [],
    });
    expect(value.rules[0].cases[1]).toMatchObject({
      file: 'rules/area/notify.test.json',
      line: 12,
      outcome: 'failed',
    });
  });

  it('is ok with known gaps and warnings, and not with errors', () => {
    const okOf = (report: TestReport) => JSON.parse(write('json', report)).ok;

    expect(okOf(reportOf([PASSED, GAP], [diagnostic('warning', 'Weak.')]))).toBe(true);
    expect(okOf(reportOf([PASSED], [diagnostic('error', 'Weak.')]))).toBe(false);
  });
});

describe('the JUnit report', () => {
  const report = reportOf(
    [PASSED, FAILED, GAP],
    [diagnostic('error', 'Weak.'), diagnostic('warning', 'Weaker.')],
  );

  it.each([
    ['what passes', reportOf([PASSED])],
    ['a failure, a gap and diagnostics', report],
    ['no rule', { rules: [], diagnostics: [diagnostic('error', 'Broken.')] }],
    ['hostile text', HOSTILE],
  ])('is what the schema of Jenkins takes: %s', (_, told) => {
    expect(junitFaults(write('junit', told))).toEqual([]);
  });

  it('counts in each suite what stands in it', () => {
    const text = write('junit', report);

    const suites = [1, 2].map((number) => `/testsuites/testsuite[${number}]`);
    const said = suites.map((suite) =>
      ['tests', 'failures', 'errors', 'skipped'].flatMap((name) => valuesAt(text, `${suite}/@${name}`)),
    );
    const counted = suites.map((suite) =>
      ['testcase', 'testcase/failure', 'testcase/error', 'testcase/skipped'].map((path) =>
        String(valuesAt(text, `${suite}/${path}`).length),
      ),
    );

    expect(said).toEqual(counted);
    expect(said).toEqual([
      ['3', '1', '0', '1'],
      ['2', '0', '1', '0'],
    ]);
    expect(valuesAt(text, '/testsuites/@*')).toEqual(['triage test', '5', '1', '1']);
  });

  it('keeps texts whole, whatever is in them, but for what XML cannot hold', () => {
    expect(valuesAt(write('junit', HOSTILE), '//testcase/@name')).toEqual([
      `<a href="x">&amp;'</a> ]]> \\u0000\\ufffe 💥`,
    ]);
  });

  it('would be refused with an attribute or element that the schema does not have', () => {
    const broken = write('junit', report)
      .replace('<testcase ', '<testcase line="1" ')
      .replace('<skipped', '<ignored');

    expect(junitFaults(broken).join('\n')).toMatch(/attribute 'line' is not allowed[\s\S]*'ignored'/);
  });
});

describe('the SARIF report', () => {
  it.each([
    ['what passes', reportOf([PASSED]), 0],
    ['a failure, a gap and diagnostics', reportOf([PASSED, FAILED, GAP], [diagnostic('error', 'Weak.')]), 2],
    ['hostile text', HOSTILE, 1],
  ])('is SARIF 2.1.0: %s', (_, told, results) => {
    const log = write('sarif', told);

    expect(sarifFaults(log)).toEqual([]);
    expect(JSON.parse(log).runs[0].results).toHaveLength(results);
  });

  it('shows a failed case at its place, with what was expected', () => {
    const [result] = JSON.parse(write('sarif', reportOf([FAILED]))).runs[0].results;

    expect(result.message.text).toMatch(/^notify › same scan in production\nexpected {3}no match/);
    expect(result.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'rules/area/notify.test.json' },
      region: { startLine: 12, startColumn: 15 },
    });
  });
});

describe('annotations', () => {
  it('stand at the case, with what was expected', () => {
    const [line] = write('github', reportOf([FAILED])).split('\n');

    expect(line).toMatch(
      /^::error file=rules\/area\/notify\.test\.json,line=12,endLine=12,col=15,title=notify › same scan in production::expected {3}no match, because "CI account" is false%0Aactual/,
    );
  });

  it('are ten at most, errors first, and the last says how many more', () => {
    const warnings = Array.from({ length: 3 }, (_, i) => diagnostic('warning', `w${i}`));
    const errors = Array.from({ length: 9 }, (_, i) => diagnostic('error', `e${i}`));

    const lines = github(reportOf([FAILED], [...warnings, ...errors]), CONTEXT).split('\n');

    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning'))).toEqual([]);
    expect(lines[9]).toMatch(/e8%0AAdd a case\.%0A… and 3 more\.$/);
    expect(lines).toHaveLength(11);
  });

  it('escape what would end a property or command', () => {
    const hostile = {
      ...FAILED,
      name: 'a,b::c%0A',
      mismatches: [{ expected: '100%', actual: '::error::x' }],
    };

    const [line] = write('github', reportOf([hostile])).split('\n');

    expect(line).toContain('title=notify › a%2Cb%3A%3Ac%250A::expected   100%25%0Aactual     ::error::x');
  });

  it('have a summary in which nothing is read as markup', () => {
    const text = githubSummary(reportOf([{ ...FAILED, name: '</pre><img src=x>' }]), CONTEXT);

    expect(text).toContain('FAIL  notify › &lt;/pre&gt;&lt;img src=x&gt;');
    expect(text.match(/<\/pre>/g)).toHaveLength(1);
  });

  it('are Markdown that tells what is wrong with files before what failed', () => {
    const text = write('markdown', reportOf([FAILED], [diagnostic('error', 'Weak <b>.')]));

    expect(text).toMatch(/^## Rule tests\n\n0 cases passed, 1 failed, 1 error, of 1 rule\.\n\n<pre>rules\//);
    expect(text).toMatch(
      /:3:7: error TR303 \S+: Weak &lt;b&gt;\. Add a case\.<\/pre>\n\n<pre>FAIL {2}notify/,
    );
  });
});
