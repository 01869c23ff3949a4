import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../lib/rules/surface.ts';
import { markdown } from '../../lib/simulation/reporters/markdown/markdown.ts';
import { pretty } from '../../lib/simulation/reporters/pretty.ts';
import { sampleReport } from '../simulation/reporters/sample-report.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/reading-an-impact.md';
const REPORT = sampleReport({ findings: 1_000 });

describe('the page about reading an impact', () => {
  it('shows what the reports say', () => {
    // The marker of the comment would end up in whatever quotes the page; a heading of it, in the page's contents.
    const [, comment = ''] = markdown(REPORT).split('-->\n\n## ');
    const begins = comment.slice(0, comment.indexOf('<details>')).trimEnd();

    expectDocument(DOCUMENT, (text) =>
      between(
        between(text, 'pretty', `\`\`\`text\n${pretty(REPORT, { ...PLAIN, columns: 120 })}\n\`\`\``),
        'comment',
        `**${begins.replace('\n', '**\n').replaceAll(/^### (.*)$/gm, '**$1**')}`,
      ),
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
