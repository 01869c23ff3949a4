import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { fittedColumns } from '../../rules/fitted-columns.ts';
import { JSON_VERSION } from '../../rules/reporters/json.ts';
import { safeJson } from '../../rules/safe-json.ts';
import { PLAIN, type Surface } from '../../rules/surface.ts';
import { wrapped } from '../../rules/wrapped.ts';
import { grouped } from '../../simulation/reporters/grouped.ts';
import { NO_BREAK, quoted } from '../../simulation/reporters/markup.ts';
import { FATE_WORDS, FATES, isWorthless, isWorthSending } from '../fate.ts';
import type { RedriveEnd, RedriveResult } from '../redrive.ts';
import type { LetterFormat } from './survey-texts.ts';
import { letterOf } from './survey-texts.ts';
import { pressText } from './words.ts';

/** A redrive that was done, or would be. */
export interface RedriveReport {
  readonly result: RedriveResult;
  readonly isApplied: boolean;
  /** The version of the rules that decided what would become of findings; null where nobody looked. */
  readonly ruleset: string | null;
  readonly discards: boolean;
}

interface Row {
  readonly code: string;
  readonly fate: (typeof FATES)[number];
  readonly done: string;
  readonly letters: number;
}

const DEFAULT_COLUMNS = 80;
const MOST_PRESSES = 5;

/** Letters by cause, what they would come to, and what was done with them. */
export function rowsOf({ result, isApplied, discards }: RedriveReport): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const one of result.ends) {
    const done = isApplied ? DONE[one.end] : planned(one, discards);
    const row = { code: one.letter.cause.code, fate: one.fate.kind, done };
    const key = JSON.stringify(row);
    rows.set(key, { ...row, letters: (rows.get(key)?.letters ?? 0) + 1 });
  }
  return [...rows.values()].sort(
    (a, b) =>
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0) || FATES.indexOf(a.fate) - FATES.indexOf(b.fate),
  );
}

const DONE: Readonly<Record<RedriveEnd['end'], string>> = {
  sent: 'sent',
  twice: 'sent, not deleted',
  failed: 'not confirmed, kept',
  discarded: 'discarded',
  kept: 'kept',
};

function planned({ fate }: RedriveEnd, discards: boolean): string {
  if (isWorthSending(fate)) return 'send';
  return isWorthless(fate) && discards ? 'discard' : 'keep';
}

const pretty = (
  report: RedriveReport,
  { paint, columns: width = DEFAULT_COLUMNS }: Surface = PLAIN,
): string => {
  const rows = rowsOf(report);
  const head = [['letters', 'cause', 'their findings', report.isApplied ? 'done' : 'with --apply']];
  const cells = rows.map(({ code, fate, done, letters }) => [
    grouped(letters).padStart(7),
    escapeText(code),
    FATE_WORDS[fate],
    done,
  ]);
  const [first = '', ...lines] = fittedColumns([...head, ...cells], width - 2);
  return [
    paint.strong(titleOf(report)),
    ...(rows.length === 0 ? [] : [`  ${paint.faint(first)}`, ...lines.map((line) => `  ${line}`)]),
    ...notesOf(report).flatMap((text) => wrapped(text, width)),
  ].join('\n');
};

function titleOf({ result: { ends }, isApplied }: RedriveReport): string {
  if (ends.length === 0) return 'No letter to redrive.';
  return isApplied
    ? `Redrive of ${counted(ends.length, 'letter')}`
    : `Redrive of ${counted(ends.length, 'letter')}: nothing is sent without --apply`;
}

/** What the counts do not say. */
export function notesOf({ result, ruleset, isApplied }: RedriveReport): readonly string[] {
  const { ends, passedOver, partial } = result;
  const reasons = new Set(
    ends.flatMap(({ fate }) =>
      fate.kind === 'unreadable' ? [`No event that may be sent on: ${fate.why}.`] : [],
    ),
  );
  const presses = new Set(
    ends.flatMap(({ letter: { press } }) => (press === null ? [] : [pressText(press)])),
  );
  const unread = new Set(
    ends.flatMap(({ fate }) =>
      'findings' in fate && fate.kind === 'unknown'
        ? fate.findings.flatMap(({ cause }) => (cause === null ? [] : [`${cause.code}: ${cause.message}`]))
        : [],
    ),
  );
  return [
    ...(passedOver > 0 ? [`${counted(passedOver, 'letter')} did not pass the filters.`] : []),
    ...[...reasons].sort().map(escapeText),
    ...[...presses]
      .sort()
      .slice(0, MOST_PRESSES)
      .map((press) => `Among them is ${press}.`),
    ...(presses.size > MOST_PRESSES ? [`There are ${presses.size} presses in all.`] : []),
    ...(presses.size > 0
      ? ['A press that is redriven writes over nothing that somebody set, unless its rule says overwrite.']
      : []),
    ...[...unread].sort().map((why) => `Not read from Security Hub: ${escapeText(why)}`),
    ...(partial === 'limit' ? ['More may lie there: see --limit.'] : []),
    ...(partial === 'interrupted' ? ['Interrupted; the same command goes on.'] : []),
    ...(ruleset !== null && ends.length > 0
      ? [`By the rules here (version ${escapeText(ruleset)}); the deployed function decides by its own.`]
      : []),
    ...(isApplied && ends.some(({ end }) => end === 'twice')
      ? ['What was sent and not deleted may be decided twice, to the same end.']
      : []),
  ];
}

const compact = (report: RedriveReport): string =>
  rowsOf(report)
    .map(({ code, fate, done, letters }) => `${escapeText(code)}: ${letters} ${FATE_WORDS[fate]}: ${done}`)
    .concat(notesOf(report))
    .join('\n');

const json = ({ result, isApplied, ruleset, discards }: RedriveReport): string =>
  safeJson({
    version: JSON_VERSION,
    ok: result.failure === null,
    applied: isApplied,
    ruleset,
    passedOver: result.passedOver,
    partial: result.partial,
    letters: result.ends.map((one) => ({
      ...letterOf(one.letter),
      fate: one.fate.kind,
      ...('findings' in one.fate && { decided: one.fate.findings }),
      end: isApplied ? one.end : planned(one, discards),
    })),
  });

const markdown = (report: RedriveReport): string => {
  const rows = rowsOf(report).map(
    ({ code, fate, done, letters }) =>
      `| ${quoted(code, 120).replaceAll('|', '&#124;')} | ${grouped(letters, NO_BREAK)} | ${FATE_WORDS[fate]} | ${done} |`,
  );
  const head = ['| cause | letters | their findings | done |', '|---|---:|---|---|'];
  return [
    `### ${titleOf(report)}`,
    '',
    ...(rows.length === 0 ? [] : [...head, ...rows, '']),
    ...notesOf(report),
  ]
    .join('\n')
    .trimEnd();
};

/** The formats of `triage dead-letters redrive`. */
export const REDRIVE_REPORTERS = { pretty, compact, json, markdown } as const satisfies Record<
  LetterFormat,
  (report: RedriveReport, surface?: Surface) => string
>;
