import { describe, expect, it } from 'vitest';
import { github, githubSummary } from '../../lib/rule-tests/reporters/github.ts';
import { junitFaults, sarifFaults, valuesAt } from '../rules/reporters/official-schemas.ts';
import { CONTEXT, diagnostic, FAILED, GAP, HOSTILE, PASSED, reportOf, write } from './told-report.ts';

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
