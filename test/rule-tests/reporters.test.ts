import { describe, expect, it } from 'vitest';
import type { CaseResult, RuleResult, TestReport } from '../../lib/rule-tests/report.ts';
import { REPORTERS } from '../../lib/rule-tests/reporters/reporters.ts';
import { PLAIN } from '../../lib/rules/surface.ts';
import { CONTEXT, diagnostic, FAILED, GAP, PASSED, reportOf, write } from './told-report.ts';

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
