import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { look, sizeOf, type Window } from './browser.ts';
import { contrastOf } from './colours.ts';

/** Texts of which each kind of report has some. */
const MAIN_TEXTS = ['h1', 'h2', 'p', 'td', 'th', 'summary', '.faint', 'svg text', 'li', 'code'];
/** https://www.w3.org/TR/WCAG22/#contrast-minimum */
const LEAST_CONTRAST = 4.5;

interface Measured {
  readonly scrolls: readonly [content: number, window: number];
  readonly wider: readonly string[];
  readonly texts: readonly { readonly kind: string; readonly colour: string; readonly behind: string }[];
}

/** What a browser makes of the page: elements that are cut off or reach out of it, and colours of what is visible. */
const MEASURE = `(() => {
  const width = document.documentElement.clientWidth;
  // What scrolls or is cut off on purpose; a group is as wide as what is cut off in it.
  const isCut = (one) => {
    if (one.tagName === 'g') return true;
    for (let at = one; at !== document.body; at = at.parentElement)
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  const wider = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !isCut(one))
    .map((one) => one.tagName + ' ' + one.parentElement.outerHTML.slice(0, 90));
  const behind = (one) => {
    for (let at = one; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'none';
  };
  const texts = ${JSON.stringify(MAIN_TEXTS)}.flatMap((kind) =>
    [...document.querySelectorAll(kind)]
      .filter((one) => !one.classList.contains('strong'))
      .slice(0, 20)
      .map((one) => {
        const style = getComputedStyle(one);
        return { kind, colour: one.closest('svg') ? style.fill : style.color, behind: behind(one) };
      }));
  return { scrolls: [document.documentElement.scrollWidth, width], wider: wider.slice(0, 5), texts };
})()`;
const OPEN_ALL = `document.querySelectorAll('summary').forEach((one) => { if (!one.parentElement.open) one.click(); })`;
const OPEN_COUNT = `[...document.querySelectorAll('details')].filter((one) => !one.open).length`;

/**
 * Opens a page and expects that nothing of it reaches out of the window, that it asks for nothing, says nothing, and
 * can be read; with everything open that can be opened. Leaves a picture in the folder, of what is seen first.
 */
export async function expectToLookWell(
  browser: string,
  page: string,
  window: Window,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const picture = join(folder, `${name.replaceAll(' ', '-')}.png`);
  const { measured, closed, said, requests } = await look(browser, page, window, async (opened) => {
    await opened.photograph(picture);
    await opened.evaluate(OPEN_ALL);
    return {
      closed: await opened.evaluate<number>(OPEN_COUNT),
      measured: await opened.evaluate<Measured>(MEASURE),
      said: opened.said,
      requests: opened.requests,
    };
  });

  expect(sizeOf(picture)).toEqual([window.width, window.height]);
  expect({ said, requests, closed }).toEqual({ said: [], requests: [], closed: 0 });
  const [content, width] = measured.scrolls;
  expect(width).toBe(window.width);
  expect({ wider: measured.wider, content }).toEqual({ wider: [], content: width });
  expect(measured.texts.length).toBeGreaterThan(10);
  for (const { kind, colour, behind } of measured.texts)
    expect
      .soft(contrastOf(hexOf(colour), hexOf(behind)), `${kind}: ${colour} on ${behind}`)
      .toBeGreaterThan(LEAST_CONTRAST);
}

function hexOf(rgb: string): string {
  const numbers = rgb.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${numbers.map((one) => Number(one).toString(16).padStart(2, '0')).join('')}`;
}
