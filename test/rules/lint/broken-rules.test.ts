import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../lib/rules/diagnostic.ts';
import { BROKEN_RULES } from './broken-rules/table.ts';
import { lintFolder, testOf } from './lint-folder.ts';

describe('broken rules', () => {
  it.each(BROKEN_RULES)(
    '$code: $way is refused with its place and a remedy',
    async ({ code, files, at, remedy }) => {
      const { diagnostics, sources } = await lintFolder({
        'area/example.test.json': testOf('example'),
        ...files,
      });

      const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
      const said = found.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');
      const places = found.map((diagnostic) => textAt(diagnostic, sources.get(diagnostic.file)?.text ?? ''));

      expect(found.length, JSON.stringify(diagnostics.map(({ code }) => code))).toBeGreaterThan(0);
      expect(places.some((text) => text.startsWith(at))).toBe(true);
      expect(said).toMatch(remedy);
    },
  );

  it('are of more than thirty kinds', () => {
    expect(new Set(BROKEN_RULES.map(({ code }) => code)).size).toBeGreaterThan(30);
  });
});

function textAt({ range }: Diagnostic, text: string): string {
  return (text.split('\n')[range.start.line - 1] ?? '').slice(range.start.column - 1);
}
