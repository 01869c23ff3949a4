/**
 * One hue and a neutral, told apart by form as well: what was before is an outline, what is after is filled. Both are
 * readable to the colour-blind, in grey, and on paper.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f5f7f9; --line: #d5dbe1; --text: #1a2027; --faint: #5a6672;
  --after: #0b5cad; --on-after: #ffffff; --before: #7b8794; --alarm: #9a3b00; --alarm-page: #fff4ea; --calm: #1d6b45;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161b; --raised: #1b2128; --line: #343d47; --text: #e5e9ed; --faint: #9ba7b3;
    --after: #6cb2f5; --on-after: #0c1117; --before: #8b97a4; --alarm: #ffb27a; --alarm-page: #2e1f14; --calm: #7fd0a6;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 66rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word;
}
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
p { margin: .5rem 0; max-width: 46rem; }
h1 + p { max-width: none; }
code, td span, h1 { overflow-wrap: anywhere; }
.faint, figcaption, caption { color: var(--faint); font-size: .875rem; }
code { font: .875em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; unicode-bidi: isolate; }
.verdict { border-left: .3rem solid var(--calm); background: var(--raised); padding: .7rem 1rem; margin: 1.25rem 0; max-width: none; font-weight: 600; }
.verdict.alarm { border-color: var(--alarm); background: var(--alarm-page); color: var(--alarm); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.cards li { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem .9rem; background: var(--raised); }
.cards b { display: block; font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; white-space: nowrap; }
.cards span { display: block; color: var(--faint); font-size: .8125rem; }
.cards .alarm b { color: var(--alarm); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2.5rem; }
figure { margin: 1rem 0 1.75rem; min-width: 0; }
figure > svg { margin-bottom: .4rem; }
svg { display: block; overflow: visible; font-variant-numeric: tabular-nums; }
svg svg.clip { overflow: hidden; }
svg text { fill: var(--text); font-size: 13px; }
svg text.faint { fill: var(--faint); font-size: 12px; }
svg .after { fill: var(--after); }
svg .before { fill: none; stroke: var(--before); stroke-width: 1.5; }
svg .axis { stroke: var(--line); }
svg text.cell { font-size: 11.5px; text-anchor: middle; }
svg text.cell.strong { fill: var(--on-after); }
.legend { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; margin: .1rem 0 .75rem; padding: 0; list-style: none; color: var(--faint); font-size: .8125rem; }
.legend svg { display: inline-block; margin-right: .4rem; }
.rules { columns: 16rem; margin: .5rem 0; padding-left: 1.6rem; font-size: .875rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--faint); font-weight: 600; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td:has(> code) { min-width: 9rem; }
.findings td:nth-child(-n + 2) { white-space: nowrap; }
.findings td:nth-child(3) { min-width: 6.5rem; }
.findings td:nth-child(4), .findings td:nth-child(5) { min-width: 11rem; }
.findings td:nth-child(6) { min-width: 7rem; }
@media (min-width: 60rem) { .findings td:nth-child(6) { min-width: 10.25rem; } }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--faint); font-size: .875rem; }
summary:focus-visible { outline: 2px solid var(--after); outline-offset: 2px; }
@media (max-width: 44rem) {
  body { padding: 1.25rem 1rem 3rem; }
  svg.dense text.cell { display: none; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .stack td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); border: 0; padding: .1rem 0; text-align: left; }
  .stack td:nth-child(n) { min-width: 0; white-space: normal; }
  .stack td:empty, .stack td:has(> :only-child:empty) { display: none; }
  .stack td::before { content: attr(data-label); color: var(--faint); }
}
@media print {
  :root { --page: #fff; --raised: #fff; --line: #bbb; --text: #000; --faint: #444; --after: #0b5cad; --on-after: #fff; --before: #666; --alarm: #000; --alarm-page: #fff; --calm: #000; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  svg, tr, .cards li { break-inside: avoid; }
  h2, h3, summary, .legend { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`.trim();
