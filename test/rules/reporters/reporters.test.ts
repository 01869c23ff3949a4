import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../lib/rules/diagnostic.ts';
import { github, githubSummary } from '../../../lib/rules/reporters/github.ts';
import { json } from '../../../lib/rules/reporters/json.ts';
import { junit } from '../../../lib/rules/reporters/junit.ts';
import type { DiagnosticReport } from '../../../lib/rules/reporters/report.ts';
import { DIAGNOSTIC_REPORTERS } from '../../../lib/rules/reporters/reporters.ts';
import { sarif } from '../../../lib/rules/reporters/sarif.ts';
import { junitFaults, sarifFaults, valuesAt } from './official-schemas.ts';

const ERROR: Diagnostic = {
  code: 'TR102',
  name: 'unknown-operator',
  severity: 'error',
  message: '"equals" is not an operator.',
  help: 'Did you mean "equal"?',
  file: '/repo/rules/a b/x.json',
  range: { start: { line: 3, column: 5 }, end: { line: 3, column: 13 } },
  fix: [{ offset: 1, length: 2, content: 'x' }],
};
const WARNING: Diagnostic = {
  ...ERROR,
  code: 'TR204',
  name: 'expires-soon',
  severity: 'warning',
  file: '/repo/rules/y.json',
};
const HOSTILE: Diagnostic = {
  ...ERROR,
  message: '<b>\u001b[31m%0A::error::x\r\n]]>&"\u202e\u0000\u0085\uFFFE\uFFFF\ud800💥',
  file: '/repo/rules/a,b:c.json',
};

const reportOf = (...diagnostics: readonly Diagnostic[]): DiagnosticReport => ({
  command: 'triage lint',
  diagnostics,
  rules: 14,
  sources: new Map(),
  cwd: '/repo',
});

describe('json', () => {
  it('tells everything under a version, with paths from where you stand', () => {
    const report = JSON.parse(json(reportOf(ERROR, WARNING)));

    expect(report).toMatchObject({
      version: 1,
      ok: false,
      counts: { errors: 1, warnings: 1, fixable: 2, rules: 14, files: 0 },
      diagnostics: [{ code: 'TR102', file: 'rules/a b/x.json', fixable: true }, { code: 'TR204' }],
    });
    expect(JSON.parse(json(reportOf(WARNING)))).toMatchObject({ ok: true });
  });
});

describe('github', () => {
  it('annotates errors first', () => {
    expect(github(reportOf(WARNING, ERROR)).split('\n')).toEqual([
      '::error file=rules/a b/x.json,line=3,endLine=3,col=5,endColumn=13,title=TR102 unknown-operator::"equals" is not an operator. Did you mean "equal"?',
      '::warning file=rules/y.json,line=3,endLine=3,col=5,endColumn=13,title=TR204 expires-soon::"equals" is not an operator. Did you mean "equal"?',
      '1 error and 1 warning in 14 rules.',
    ]);
  });

  it('shows ten at most, and the last says how many more there are', () => {
    const lines = github(reportOf(...Array.from({ length: 13 }, () => ERROR))).split('\n');

    expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(10);
    expect(lines[8]).not.toContain('more');
    expect(lines[9]).toMatch(/%0A… and 3 more\.$/);
  });

  it('lets no text of a file become a command or a property', () => {
    const [command = ''] = github(reportOf(HOSTILE)).split('\n');

    expect(command).toContain('file=rules/a%2Cb%3Ac.json,');
    expect(command).toContain('::<b>\\u001b[31m%250A::error::x\\u000d\\u000a');
  });

  it('appends a table to the step summary in which nothing is markup', () => {
    const summary = githubSummary(reportOf(HOSTILE));

    expect(summary).toContain('1 error and 0 warnings in 14 rules.');
    expect(summary).toContain('&lt;b&gt;');
    expect(summary).not.toContain('<b>');
  });
});

describe('sarif', () => {
  it.each([
    ['no', []],
    ['one', [ERROR]],
    ['several and hostile', [ERROR, WARNING, HOSTILE]],
  ])('is SARIF 2.1.0 with %s results', (_, diagnostics) => {
    const log = sarif(reportOf(...diagnostics));

    expect(sarifFaults(log)).toEqual([]);
    expect(JSON.parse(log).runs[0].results).toHaveLength(diagnostics.length);
  });

  it('would be refused with a member or a path that the standard does not have', () => {
    const log = sarif(reportOf(ERROR));

    expect(sarifFaults(log.replace('"ruleId"', '"ruleCode"'))).toEqual([
      '/runs/0/results/0 must NOT have additional properties',
    ]);
    expect(sarifFaults(log.replace('a%20b', 'a b'))).toEqual([
      '/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri must match format "uri-reference"',
    ]);
  });

  it('refers to its rules by their index, and to files by encoded paths', () => {
    const { runs } = JSON.parse(sarif(reportOf(WARNING, ERROR)));
    const [{ tool, results }] = runs;

    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('rules/a%20b/x.json');
  });
});

describe('junit', () => {
  it.each([
    ['a clean run', []],
    ['errors and warnings', [ERROR, WARNING]],
    ['hostile text', [HOSTILE]],
  ])('is what the schema of Jenkins takes: %s', (_, diagnostics) => {
    expect(junitFaults(junit(reportOf(...diagnostics)))).toEqual([]);
  });

  it('keeps texts whole, but for what XML cannot hold', () => {
    expect(valuesAt(junit(reportOf(HOSTILE)), '//failure/@message')).toEqual([
      '<b>\\u001b[31m%0A::error::x\\u000d\\u000a]]>&"\\u202e\\u0000\\u0085\\ufffe\\uffff\\ud800💥',
    ]);
  });

  it('fails by errors alone', () => {
    expect(junit(reportOf(ERROR, WARNING))).toContain('tests="2" failures="1" errors="0"');
  });
});

describe('a clean run', () => {
  it('is one line for people and silence for problem matchers', () => {
    expect(DIAGNOSTIC_REPORTERS.pretty(reportOf())).toBe('✓ 14 rules, no problems.');
    expect(DIAGNOSTIC_REPORTERS.compact(reportOf())).toBe('');
    expect(DIAGNOSTIC_REPORTERS.markdown(reportOf())).toBe(
      '## triage lint\n\n0 errors and 0 warnings in 14 rules.',
    );
  });
});
