import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { html } from '../../../lib/simulation/reporters/html/html.ts';
import { markdown } from '../../../lib/simulation/reporters/markdown/markdown.ts';
import { commentPage } from './as-github.ts';
import { browserFor, look } from './browser.ts';
import { HOSTILE } from './hostile-texts.ts';
import { expectToLookWell } from './looks-well.ts';
import { sampleReport } from './sample-report.ts';

/** Kept where somebody wants to look at the pictures. */
const KEPT = process.env.TRIAGE_PICTURES;
const folder = KEPT ?? mkdtempSync(join(tmpdir(), 'impact-'));
afterAll(() => {
  if (KEPT === undefined) rmSync(folder, { recursive: true });
});

const REPORTS = {
  '10 findings': sampleReport({ findings: 10 }),
  '100000 findings': sampleReport({ findings: 100_000 }),
  'hostile markup': sampleReport({ findings: 4_000, hostile: HOSTILE.markup }),
  'long texts': sampleReport({ findings: 4_000, hostile: HOSTILE['long text'] }),
  'one ruleset alone': sampleReport({ findings: 4_000, compared: false }),
};
const WINDOWS = {
  'a phone': { width: 360, height: 780 },
  'a phone at night': { width: 360, height: 780, dark: true },
  'a screen': { width: 1_280, height: 900 },
  'a screen at night': { width: 1_280, height: 900, dark: true },
};
const CASES = Object.entries(REPORTS).flatMap(([what, report]) =>
  Object.entries(WINDOWS).map(([where, window]) => [what, where, report, window] as const),
);

describe('the HTML report in a browser', () => {
  it.for(CASES)('looks well: %s on %s', async ([what, where, report, window], context) => {
    const browser = browserFor(context);

    await expectToLookWell(browser, html(report), window, { folder, name: `report of ${what} on ${where}` });
  });

  it('would be told of a page that runs something, asks for something or is too wide', async (context) => {
    const browser = browserFor(context);
    const page = html(sampleReport({ findings: 10 })).replace(
      '<main>',
      '<main><script>1</script><img src="https://example.com/x.png" alt=""><p style="width: 2000px">x</p>',
    );

    const seen = await look(browser, page, { width: 360, height: 700 }, async (one) => ({
      ...one,
      wide: await one.evaluate<number>('document.documentElement.scrollWidth'),
    }));

    expect(seen.said.join('\n')).toMatch(/Content Security Policy/);
    // What the policy then stops is told of as well.
    expect(seen.requests).toEqual(['https://example.com/x.png']);
    expect(seen.wide).toBeGreaterThan(360);
  });
});

describe('without a browser', () => {
  const withoutBrowser = (promised: string) => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('TRIAGE_BROWSER', promised);
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    onTestFinished(() => {
      warned.mockRestore();
      vi.unstubAllEnvs();
    });
    return warned;
  };
  const left = (why: string): never => {
    throw new Error(`left out: ${why}`);
  };

  it('a test says that nobody looked, and is told of as left out', () => {
    const warned = withoutBrowser('');

    expect(() => browserFor({ skip: left })).toThrow('left out: NO BROWSER LOOKED AT THIS');
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('NO BROWSER LOOKED AT THIS'));
  });

  it('a test fails where a browser is promised', () => {
    withoutBrowser('required');

    expect(() => browserFor({ skip: left })).toThrow(/^NO BROWSER LOOKED AT THIS/);
  });
});

describe('the comment in a browser', () => {
  it.for(Object.entries(WINDOWS))('looks well on %s', async ([where, window], context) => {
    const browser = browserFor(context);
    const comment = commentPage(markdown(sampleReport({ findings: 4_000 })));

    await expectToLookWell(browser, comment, window, { folder, name: `comment on ${where}` });
  });
});
