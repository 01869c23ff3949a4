import { describe, expect, it } from 'vitest';
import { diagnose } from '../../lib/rules/diagnostic.ts';
import { formatDiagnostics } from '../../lib/rules/format-diagnostics.ts';
import { parseSource } from '../../lib/rules/parse-source.ts';

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

  it('names a file outside the current folder in full', () => {
    const { source } = parseSource({ file: '/elsewhere/x.json', label: 'x.json' }, '[]');
    const diagnostic = diagnose(source, { path: [] }, 'TR003', 'Wrong.');

    expect(
      formatDiagnostics([diagnostic], { format: 'compact', cwd: '/home/author/repo', sources: new Map() }),
    ).toMatch(/^\/elsewhere\/x.json:1:1: /);
  });
});
