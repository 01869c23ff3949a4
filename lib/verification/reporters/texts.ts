import type { AccountFacts } from '../../infrastructure/configuration/account-facts.ts';
import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { PLAIN, type Surface } from '../../rules/surface.ts';
import { wrapped } from '../../rules/wrapped.ts';
import { QUESTIONS, type Question } from '../questions.ts';

const DEFAULT_COLUMNS = 80;

/** For people: each question with its answer, then those without one, by the reason. */
export function factsPretty(facts: AccountFacts, surface: Surface = PLAIN): string {
  const { paint, columns = DEFAULT_COLUMNS } = surface;
  const known = QUESTIONS.filter(({ id }) => Object.hasOwn(facts.answers, id));
  const open = QUESTIONS.filter(({ id }) => !Object.hasOwn(facts.answers, id));
  const byReason = Map.groupBy(open, ({ id }) => facts.unanswered[id] ?? '');
  return [
    paint.strong(`Security Hub in account ${escapeText(facts.account)}, ${escapeText(facts.region)}`),
    ...known.flatMap((question) => answerLines(question, facts, surface)),
    ...(open.length === 0 ? [] : ['', `${counted(open.length, 'question')} without an answer`]),
    ...[...byReason].flatMap(([why, questions]) => [
      ...indented(`? ${escapeText(why)}`, columns, ['', '  ']),
      ...indented(questions.map(({ id }) => id).join(', '), columns, ['    ', '    ']),
    ]),
  ].join('\n');
}

function answerLines(
  { id, asks, answers, product }: Question,
  facts: AccountFacts,
  { paint, columns = DEFAULT_COLUMNS }: Surface,
): readonly string[] {
  const { answer = '', seen } = facts.answers[id] ?? {};
  const isBad = answer === 'ignored' || answer === 'all';
  const sign = isBad ? paint.bad('✗') : paint.good('✓');
  const said = `${answers[answer] ?? escapeText(answer)}${seen === undefined ? '' : ` (${escapeText(seen)})`}`;
  return [
    ...indented(asks, columns, [`${sign} `, '  ']),
    ...indented(said, columns, ['    ', '      ']),
    ...(isBad ? indented(`→ ${product}`, columns, ['    ', '      ']) : []),
  ];
}

/** A text in lines that fit, the first behind one beginning and the others behind another. */
function indented(
  text: string,
  columns: number,
  [first, rest]: readonly [first: string, rest: string],
): readonly string[] {
  return wrapped(text, columns - rest.length).map((line, i) => `${i === 0 ? first : rest}${line}`);
}

/** What a run would do, before it does it. */
export function planText(surface: Surface = PLAIN): string {
  const { columns = DEFAULT_COLUMNS } = surface;
  return QUESTIONS.flatMap(({ asks, needs }) =>
    indented(`${asks}${NEEDS[needs]}`, columns, ['· ', '  ']),
  ).join('\n');
}

const NEEDS: Readonly<Record<Question['needs'], string>> = {
  hub: '',
  events: ' (needs a rule and a queue)',
  role: ' (needs --role)',
  nativeRule: ' (needs --native-rule)',
};
