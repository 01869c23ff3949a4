import { escapeText } from '../../rules/escape-text.ts';
import { JSON_VERSION } from '../../rules/reporters/json.ts';
import { safeJson } from '../../rules/safe-json.ts';
import { type Paint, PLAIN, type Surface } from '../../rules/surface.ts';
import { wrapped } from '../../rules/wrapped.ts';
import { countStandings, type Examination } from '../examination.ts';
import type { Observation, Standing } from '../observation.ts';

const DEFAULT_COLUMNS = 80;
const INDENT = '  ';

const SIGNS: Readonly<Record<Standing, { readonly sign: string; readonly paint: keyof Paint }>> = {
  fine: { sign: '✓', paint: 'good' },
  note: { sign: '!', paint: 'doubtful' },
  wrong: { sign: '✗', paint: 'bad' },
  unseen: { sign: '?', paint: 'doubtful' },
};

/** For people: a paragraph each, with a sign for how it stands, and what to do. */
function pretty(examination: Examination, surface: Surface = PLAIN): string {
  const { accountId, region, observations } = examination;
  const { paint, columns = DEFAULT_COLUMNS } = surface;
  const where = accountId === null ? region : `account ${accountId}, ${region}`;
  return [
    paint.strong(`Security Hub in ${escapeText(where)}`),
    ...observations.flatMap((one) => linesOf(one, paint, columns)),
    '',
    summary(examination),
  ].join('\n');
}

function linesOf(
  { standing, found, advice, details }: Observation,
  paint: Paint,
  columns: number,
): readonly string[] {
  const { sign, paint: colour } = SIGNS[standing];
  const [first = '', ...rest] = wrapped(escapeText(found), columns - INDENT.length);
  return [
    `${paint[colour](sign)} ${first}`,
    ...rest.map((line) => INDENT + line),
    ...details.flatMap((line) => detailLines(escapeText(line), columns)),
    ...(advice === null
      ? []
      : wrapped(escapeText(advice), columns - 2 * INDENT.length).map(
          (line, i) => `${INDENT}${i === 0 ? '→ ' : INDENT}${line}`,
        )),
  ];
}

/** A detail, with what does not fit below it and further in. */
function detailLines(text: string, columns: number): readonly string[] {
  const [first = '', ...rest] = wrapped(text, columns - 3 * INDENT.length);
  return [INDENT.repeat(2) + first, ...rest.map((line) => INDENT.repeat(3) + line)];
}

/** How many stand how, in words. */
function summary(examination: Examination): string {
  const { fine, note, wrong, unseen } = countStandings(examination);
  const parts = [
    [wrong, 'wrong'],
    [note, 'worth knowing'],
    [fine, 'fine'],
    [unseen, 'not looked at'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `${told.join(', ')}.`;
}

/** For programs: all of it, under a version; `ok` where nothing is wrong. */
function json(examination: Examination): string {
  const { accountId, region, nowMs, observations } = examination;
  const counts = countStandings(examination);
  return safeJson({
    version: JSON_VERSION,
    ok: counts.wrong === 0,
    now: new Date(nowMs).toISOString(),
    account: accountId,
    region,
    counts,
    observations,
  });
}

/** The formats of `triage doctor`, by the name users give. */
export const DOCTOR_REPORTERS = { pretty, json } as const;
export type DoctorFormat = keyof typeof DOCTOR_REPORTERS;
export const DOCTOR_FORMATS = Object.keys(DOCTOR_REPORTERS) as readonly DoctorFormat[];
