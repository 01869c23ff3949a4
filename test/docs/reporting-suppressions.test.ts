import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { executeDocument } from './executed-document.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/reporting-suppressions.md';

describe('the page about reports on suppressions', () => {
  it('shows what the command prints', () => {
    expectDocument(DOCUMENT, (text) => executeDocument(text, []));
  });

  it('leads to files that exist', () => {
    expectDocument(DOCUMENT, (text) => {
      const targets = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target);

      expect(targets.length).toBeGreaterThan(3);
      for (const target of targets)
        expect
          .soft(existsSync(fileURLToPath(new URL(`../../docs/${target}`, import.meta.url))), target)
          .toBe(true);
      return text;
    });
  });
});
