import { describe, expect, it } from 'vitest';
import { markdown } from '../../../lib/simulation/reporters/markdown/markdown.ts';
import { commentHtml } from './as-github.ts';
import { recordedChange } from './recorded-change.ts';
import { sampleReport } from './sample-report.ts';

const HOSTILE =
  '</code></table>\n\n# head\n\n@security #1 https://evil.example <img src=x> ![y](https://evil.example)';
/** What GitHub lets through and what we write: https://github.com/gjtorikian/html-pipeline */
const TAGS = new Set('h2 h3 p strong table tr th td code b br details summary sub'.split(' '));

describe('the comment as GitHub shows it', () => {
  const comment = markdown(recordedChange());

  it('is tables and headings, with every finding in a table of its own kind', () => {
    const page = commentHtml(comment);

    expect(tagsOf(page)).toEqual(TAGS);
    expect(page).not.toMatch(/&lt;(?:table|tr|td|code|details)/);
    expect(page.match(/<table>/g)).toHaveLength(comment.match(/^<table>$/gm)?.length ?? 0);
    expect(page).toContain('HIGH findings that would be hidden');
  });

  it.each([10, 4_000, 100_000])('lets nothing through that %i findings say', (findings) => {
    const page = commentHtml(markdown(sampleReport({ findings, hostile: HOSTILE })));

    for (const tag of tagsOf(page)) expect.soft([...TAGS, 'blockquote']).toContain(tag);
    expect(page.replaceAll(/<code>[^<]*<\/code>/g, '')).not.toMatch(/evil|@|#1|security/);
  });
});

function tagsOf(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/<([a-z0-9]+)/gi)].map(([, tag = '']) => tag.toLowerCase()));
}
