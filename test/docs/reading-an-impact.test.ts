import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../lib/rules/surface.ts';
import { pretty } from '../../lib/simulation/reporters/pretty.ts';
import { recordedChange } from '../simulation/reporters/recorded-change.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/reading-an-impact.md';
/** Of the starter rules and their samples, as the pictures on the page. */
const REPORT = recordedChange();

describe('the page about reading an impact', () => {
  it('shows what the reports say', () => {
    expectDocument(DOCUMENT, (text) =>
      between(text, 'pretty', `\`\`\`text\n${pretty(REPORT, { ...PLAIN, columns: 120 })}\n\`\`\``),
    );
  });

  it('leads to files that exist', () => {
    expectDocument(DOCUMENT, (text) => {
      const targets = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);

      expect(targets.length).toBeGreaterThan(3);
      for (const target of targets)
        expect
          .soft(existsSync(fileURLToPath(new URL(`../../docs/${target}`, import.meta.url))), target)
          .toBe(true);
      return text;
    });
  });
});

/** The text with what stands between the two comments of this name replaced. */
function between(text: string, name: string, content: string): string {
  const [before = '', rest = ''] = text.split(`<!-- ${name} -->\n`);
  const [, after = ''] = rest.split(`<!-- /${name} -->`);
  return `${before}<!-- ${name} -->\n${content}\n<!-- /${name} -->${after}`;
}
