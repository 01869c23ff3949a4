import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../../lib/simulation/reporters/html/html.ts';
import { markdown } from '../../../lib/simulation/reporters/markdown/markdown.ts';
import type { SimulationReport } from '../../../lib/simulation/simulation-report.ts';
import { commentPage } from './as-github.ts';
import { browserFor, look, sizeOf, type Window } from './browser.ts';
import { RECORDED, recordedChange, simulateChange } from './recorded-change.ts';

const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
/** Of each picture, the digest of the page that it shows. */
const SOURCES = join(IMAGES, 'sources.json');
const RENEW = 'UPDATE_DOCS=1 npx vitest run test/simulation/reporters/pictures.test.ts test/docs';
const MOST_BYTES = 200_000;

interface Picture extends Window {
  readonly page: (report: SimulationReport) => string;
}
const PICTURES: Readonly<Record<string, Picture>> = {
  'impact-light.png': { page: html, width: 1_000, height: 900 },
  'impact-dark.png': { page: html, width: 1_000, height: 1_420, dark: true },
  'impact-comment.png': { page: (report) => commentPage(markdown(report)), width: 912, height: 980 },
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const sourceOf = ({ page, ...window }: Picture): string =>
  digest(JSON.stringify([page(recordedChange()), window]));

describe('the pictures in the documentation', () => {
  if (process.env.UPDATE_DOCS === '1') {
    beforeAll(async () => writeFileSync(RECORDED, `${JSON.stringify(await simulateChange(), null, 2)}\n`));

    it.for(Object.entries(PICTURES))('are taken: %s', async ([name, picture], context) => {
      const browser = browserFor(context);

      await look(browser, picture.page(recordedChange()), picture, (page) =>
        page.photograph(join(IMAGES, name)),
      );

      const sources = JSON.parse(readFileSync(SOURCES, 'utf8'));
      writeFileSync(SOURCES, `${JSON.stringify({ ...sources, [name]: sourceOf(picture) }, null, 2)}\n`);
    });
  }

  it.each(Object.entries(PICTURES))('show what the reports are today: %s', (name, picture) => {
    const { [name]: source } = JSON.parse(readFileSync(SOURCES, 'utf8'));

    expect(source, `${name} shows another report. Take it again: ${RENEW}`).toBe(sourceOf(picture));
  });

  it.each(Object.entries(PICTURES))('are small: %s', (name, { width, height }) => {
    expect(sizeOf(join(IMAGES, name))).toEqual([width, height]);
    expect(readFileSync(join(IMAGES, name)).length).toBeLessThan(MOST_BYTES);
  });
});

describe('the report that they are made of', () => {
  it('is of the kind that the command makes today, of the samples that there are', async () => {
    const [recorded, today] = [recordedChange(), await simulateChange()];

    expect(placesOf(recorded), `Record it again: ${RENEW}`).toEqual(placesOf(today));
    expect(today.comparison?.changedRules).toEqual(recorded.comparison?.changedRules);
    // Samples come and go: pictures need not be taken again for each.
    expect(Math.abs(today.findings.distinct - recorded.findings.distinct)).toBeLessThan(50);
  });
});

/** The members of a report, whatever their values; of lists and counts by name those that stand for all. */
function placesOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : [...placesOf(value[0], `${path}[]`)];
  if (value === null || typeof value !== 'object') return [path];
  if (/\.(?:workflow|held|outcomes)$/.test(path)) return [path];
  return Object.entries(value).flatMap(([name, member]) => placesOf(member, `${path}.${name}`));
}
