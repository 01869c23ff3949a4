import type { Letter } from '../../dead-letters/letter.ts';
import { duration, instant, pressText } from '../../dead-letters/reporters/words.ts';
import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { safeJson } from '../../rules/safe-json.ts';
import type { Surface } from '../../rules/surface.ts';
import { wrapped } from '../../rules/wrapped.ts';

const LABEL_WIDTH = 15;
const DEFAULT_COLUMNS = 80;

/** A letter for people: what it is about, why it is here, what to do, and what was tried. */
export function formatLetter(
  letter: Letter,
  others: number,
  nowMs: number,
  { paint, columns: width = DEFAULT_COLUMNS }: Surface,
): string {
  const { received, cause, advice, earlierCause, findings, press, attempt, reading } = letter;
  const line = (label: string, text: string) => {
    const [first = '', ...rest] = wrapped(text, width - LABEL_WIDTH);
    const gap = ' '.repeat(LABEL_WIDTH - label.length);
    return [`${paint.strong(label)}${gap}${first}`, ...rest.map((more) => ' '.repeat(LABEL_WIDTH) + more)];
  };
  const age =
    received.sentAtMs === null
      ? ''
      : `, sent ${duration(nowMs - received.sentAtMs)} ago (${instant(received.sentAtMs)})`;
  const id = received.messageId === '' ? 'a saved one' : escapeText(received.messageId);
  return [
    ...line('letter', `${id} in ${received.kind}${age}`),
    ...(others > 0
      ? line('', `The newest of ${others + 1}; see the others with triage dead-letters list.`)
      : []),
    ...findings.flatMap(({ Id }) => line('finding', escapeText(Id))),
    ...(press === null ? [] : line('event', pressText(press))),
    ...line('cause', escapeText(`${cause.code}: ${cause.message}`)),
    ...(earlierCause === null
      ? []
      : line('before that', escapeText(`${earlierCause.code}: ${earlierCause.message}`))),
    ...line('means', advice.meaning),
    ...line('impact', advice.impact),
    ...line('to do', advice.remedy),
    ...line('redrive', redriveText(letter)),
    ...(attempt === null || reading.kind === 'refused' ? [] : attemptLines(attempt, line)),
  ].join('\n');
}

function redriveText({ advice, reading }: Letter): string {
  return reading.kind === 'refused' ? `is refused: ${reading.why}` : advice.redrive;
}

function attemptLines(
  { update, rules, attempts, ruleset, at }: NonNullable<Letter['attempt']>,
  line: (label: string, text: string) => readonly string[],
): readonly string[] {
  const names = rules.length === 0 ? 'no rule' : rules.map(escapeText).join(', ');
  const facts = [
    attempts === null ? 'tried' : attempts === 0 ? 'never sent' : `sent ${counted(attempts, 'time')}`,
    ...(at === null ? [] : [`given up ${escapeText(at)}`]),
    ...(ruleset === null ? [] : [`ruleset ${escapeText(ruleset)}`]),
  ];
  return [
    ...line('by', names),
    ...line('tried', facts.join(', ')),
    ...(update === null ? line('update', 'none') : [`${line('update', '')[0]}${safeJson(update)}`]),
  ];
}
