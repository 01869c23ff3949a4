import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { html } from '../../lib/report/reporters/html.ts';
import { browserFor } from '../simulation/reporters/browser.ts';
import { HOSTILE } from '../simulation/reporters/hostile-texts.ts';
import { expectToLookWell } from '../simulation/reporters/looks-well.ts';
import { parsePage } from '../simulation/reporters/parsed-page.ts';
import { sampleReport } from './sample-report.ts';

const folder = process.env.TRIAGE_PICTURES ?? mkdtempSync(join(tmpdir(), 'suppressions-'));
afterAll(() => {
  if (process.env.TRIAGE_PICTURES === undefined) rmSync(folder, { recursive: true });
});

const CASES = [
  ['a few on a phone', sampleReport(), { width: 360, height: 780 }],
  ['hundreds at night', sampleReport({ rows: 300 }), { width: 1_280, height: 900, dark: true }],
  ['hostile texts', sampleReport({ hostile: HOSTILE.markup }), { width: 1_000, height: 900 }],
] as const;

describe('the page of suppressions', () => {
  it.each(CASES)('is well-formed HTML that runs and loads nothing: %s', (_, report) => {
    const { errors, elements } = parsePage(html(report));

    expect(errors).toEqual([]);
    expect(elements.map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:script|link|img|iframe|base|form|object)$/)]),
    );
    for (const { attributes } of elements)
      for (const name of Object.keys(attributes)) expect.soft(name).not.toMatch(/^(?:on|href|src|style)/);
  });

  it.for(CASES)('looks well in a browser: %s', async ([name, report, window], context) => {
    const browser = browserFor(context);

    await expectToLookWell(browser, html(report), window, { folder, name: `suppressions, ${name}` });
  });
});
