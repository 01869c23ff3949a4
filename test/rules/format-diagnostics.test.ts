import { describe, expect, it } from 'vitest';
import { diagnose } from '../../lib/rules/diagnostic.ts';
import { closingCount, formatDiagnostics } from '../../lib/rules/format-diagnostics.ts';
import { parseSource } from '../../lib/rules/parse-source.ts';
import { PLAIN } from '../../lib/rules/surface.ts';

const FILE = '/home/author/repo/rules/a/x.json';

function format(
  text: string,
  path: readonly (string | number)[],
  message = 'Wrong.',
  kind: 'pretty' | 'compact' = 'pretty',
) {
  const { source } = parseSource({ file: FILE, label: 'a/x.json' }, text);
  const diagnostic = diagnose(source, { path }, 'TR102', message, 'Do it otherwise.');
  return formatDiagnostics([diagnostic], {
    format: kind,
    cwd: '/home/author/repo',
    sources: new Map([[FILE, source]]),
  });
}

describe('printing diagnostics', () => {
  it('shows the place, the line before, the line with carets, what to do, and a count', () => {
    expect(format('{\n  "all": [\n    { "operator": "equals" } ] }', ['all', 0, 'operator'])).toBe(
      [
        'rules/a/x.json:3:19  error  TR102 unknown-operator',
        '  Wrong.',
        '    2 │   "all": [',
        '  ▶ 3 │     { "operator": "equals" } ] }',
        '      │                   ^^^^^^^^',
        '  help  Do it otherwise.',
        '  docs  rules/README.md#tr102',
        '',
        '1 error in 1 of 1 file.',
      ].join('\n'),
    );
  });

  it('prints one line each in the compact form', () => {
    expect(format('{ "a": 1 }', ['a'], 'Wrong.', 'compact')).toBe(
      'rules/a/x.json:1:8: error TR102 unknown-operator: Wrong. Do it otherwise.',
    );
  });

  it('escapes what would act on a terminal, in the message and in the line, and keeps the caret in place', () => {
    const printed = format('{ "\u001b[31m\u202e": "\u0007x" }', [], 'Got "\u001b]0;title\u0007".');

    expect(['\u001b', '\u0007', '\u202e'].filter((character) => printed.includes(character))).toEqual([]);
    expect(printed).toContain('Got "\\u001b]0;title\\u0007".');
    expect(printed).toContain('{ "\\u001b[31m\\u202e"');
  });

  it('cuts a long line around the place', () => {
    const printed = format(`{ "a": "${'x'.repeat(5000)}", "b": "here" }`, ['b']);
    const [line = '', carets = ''] = printed.split('\n').slice(2, 4);

    expect(line.length).toBeLessThan(120);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('"here"');
  });

  it('cuts a long line at its end, one above it too, and marks no further than is shown', () => {
    const long = 'x'.repeat(500);

    const printed = format(`{ "a": "${long}",\n"b": "${long}" }`, ['b']);

    const [above = '', line = '', carets = ''] = printed.split('\n').slice(2, 5);
    expect(above).toMatch(/^ {4}1 │ \{ "a": "x+…$/);
    expect(line).toMatch(/^ {2}▶ 2 │ "b": "x+…$/);
    expect(carets.length).toBe(line.length - 1);
  });

  it('cuts a long line at its start where the place is at its end', () => {
    const printed = format(`{ "a": "${'x'.repeat(500)}", "b": 1 }`, ['b']);

    expect(printed.split('\n')[2]).toMatch(/▶ 1 │ …x+", "b": 1 \}$/);
  });

  it('marks a place that goes on below up to the end of its line', () => {
    const { source } = parseSource({ file: FILE, label: 'a/x.json' }, '{ "a": [\n1 ] }');
    const diagnostic = {
      ...diagnose(source, { path: ['a'] }, 'TR003', 'Wrong.'),
      range: source.rangeAt(7, 3),
    };

    const printed = formatDiagnostics([diagnostic], {
      format: 'pretty',
      cwd: '/home/author/repo',
      sources: new Map([[FILE, source]]),
    });

    expect(printed.split('\n').slice(2, 5)).toEqual([
      '  ▶ 1 │ { "a": [',
      '      │        ^',
      '  docs  rules/README.md#tr003',
    ]);
  });

  it('counts warnings apart, and errors only where there are any', () => {
    const { source } = parseSource({ file: FILE, label: 'a/x.json' }, '{}');
    const error = diagnose(source, { path: [] }, 'TR003', 'Wrong.');
    const warning = { ...error, severity: 'warning' as const };
    const lastLine = (...diagnostics: (typeof error | typeof warning)[]) =>
      formatDiagnostics(diagnostics, { format: 'pretty', cwd: '/', sources: new Map() }).split('\n').at(-1);

    expect(lastLine()).toBe('0 errors in 0 of 0 files.');
    expect(lastLine(warning)).toBe('1 warning in 1 of 1 file.');
    expect(lastLine(error, error, warning, warning)).toBe('2 errors and 2 warnings in 1 of 1 file.');
  });

  it.each([40, 80, 200])('keeps a frame within a terminal of %i columns, around what is wrong', (columns) => {
    const pad = 'x'.repeat(300);
    for (const text of [`{ "a": "${pad}", "b": "here", "c": "${pad}" }`, `{ "b": "here", "c": "${pad}" }`]) {
      const { source } = parseSource({ file: FILE, label: 'a/x.json' }, `[\n${text}]`);

      const printed = formatDiagnostics([diagnose(source, { path: [0, 'b'] }, 'TR003', 'Wrong.')], {
        format: 'pretty',
        cwd: '/home/author/repo',
        sources: new Map([[FILE, source]]),
        surface: { ...PLAIN, columns },
      });

      const [, , , line = '', carets = ''] = printed.split('\n');
      expect(line.length).toBeLessThanOrEqual(columns);
      expect(line.length).toBeGreaterThan(columns - 3);
      expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('"here"');
    }
  });

  it('counts the rules that have something, and other files apart', () => {
    const { source } = parseSource({ file: FILE, label: 'a/x.json' }, '{}');
    const error = diagnose(source, { path: [] }, 'TR003', 'Wrong.');
    const elsewhere = { ...error, severity: 'warning' as const, file: '/list.json' };
    const folder = { ...error, file: '/' };
    const sources = new Map([FILE, '/list.json'].map((file) => [file, source] as const));
    const count = (...diagnostics: (typeof error | typeof elsewhere)[]) =>
      closingCount(diagnostics, { sources, rules: 14, ruleFiles: new Set([FILE]) });

    expect(count()).toBe('14 rules, no problems.');
    expect(count(error, error)).toBe('2 errors in 1 of 14 rules.');
    expect(count(error, elsewhere)).toBe('1 error and 1 warning in 1 of 14 rules and 1 other file.');
    expect(count(elsewhere)).toBe('1 warning in 1 file beside 14 rules.');
    expect(count(folder)).toBe('1 error in 14 rules.');
    expect(count({ ...error, fix: [] })).toBe('1 error in 1 of 14 rules. 1 can be fixed automatically.');
  });

  it('names a file outside the current folder in full', () => {
    const { source } = parseSource({ file: '/elsewhere/x.json', label: 'x.json' }, '[]');
    const diagnostic = diagnose(source, { path: [] }, 'TR003', 'Wrong.');

    expect(
      formatDiagnostics([diagnostic], { format: 'compact', cwd: '/home/author/repo', sources: new Map() }),
    ).toMatch(/^\/elsewhere\/x.json:1:1: /);
  });
});
