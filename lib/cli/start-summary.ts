import Table from 'cli-table3';
import type { FindingIdentifier } from '../findings/finding.ts';
import { findingKey } from '../findings/finding-key.ts';
import { identityOf } from '../findings/input-items.ts';
import type { LocalAccount } from '../local/account.ts';
import { ARTIFACTS } from '../local/run/artifacts.ts';
import { deadLettersOf } from '../local/run/dead-letters.ts';
import type { LocalOutcome, LocalOutcomeKind } from '../local/run/outcomes.ts';
import { escapeText } from '../rules/escape-text.ts';
import type { Paint } from '../rules/surface.ts';
import { OUTCOMES } from '../triage/outcome.ts';

export interface SummaryContext {
  readonly mode: 'observe' | 'enforce';
  readonly out: string | undefined;
  /** The finding that was made to fail. */
  readonly failing: FindingIdentifier | undefined;
  readonly paint: Paint;
}

const MEANING: Readonly<Record<LocalOutcomeKind, string>> = {
  updated: 'sent to Security Hub and confirmed',
  unchanged: 'no rule matched, or everything already stood as decided',
  held: 'a value that a person or another tool set was respected',
  observed: 'would change, but the rule or the stack only observes',
  deadLettered: 'cannot be applied; kept in the dead-letter queue with its cause',
  returned: 'could not be applied yet; back in the queue',
  filtered: 'kept out by the event pattern, at no cost',
  refused: 'could not be delivered to the queue',
};
/** A terminal is no place for thousands of them. */
const MAX_DEAD_LETTERS = 10;
const COLUMNS = ['updated', 'unchanged', 'held', 'observed', 'deadLettered'] as const;

/** What happened, for a person: outcomes, rules, calls, dead letters, and how to look further. */
export function formatSummary(
  account: LocalAccount,
  outcomes: readonly LocalOutcome[],
  context: SummaryContext,
): string {
  const heading = (text: string) => `\n${context.paint.strong(text)}`;
  return [
    heading(`Outcomes of ${counted(outcomes.length, 'finding')} (mode ${context.mode})`),
    outcomeTable(outcomes),
    heading('Rules that decided'),
    ruleTable(outcomes),
    heading('Calls'),
    calls(account),
    heading('Dead letters'),
    deadLetters(account, context),
    heading('Look further'),
    lookFurther(context),
  ].join('\n');
}

function outcomeTable(outcomes: readonly LocalOutcome[]): string {
  const table = plainTable(['outcome', 'findings', ''], [1]);
  for (const kind of [...OUTCOMES, 'filtered', 'refused'] as const) {
    const count = outcomes.filter(({ outcome }) => outcome === kind).length;
    if (count > 0) table.push([kind, count, MEANING[kind]]);
  }
  return trimmed(table);
}

function ruleTable(outcomes: readonly LocalOutcome[]): string {
  const rules = [...new Set(outcomes.flatMap((outcome) => outcome.rules))].sort();
  if (rules.length === 0) return '  No rule decided anything.';
  const table = plainTable(['rule', ...COLUMNS], [1, 2, 3, 4, 5]);
  for (const rule of rules) {
    const decided = outcomes.filter((outcome) => outcome.rules.includes(rule));
    const counts = COLUMNS.map((kind) => decided.filter(({ outcome }) => outcome === kind).length || '·');
    table.push([escapeText(rule), ...counts]);
  }
  return trimmed(table);
}

function calls({ hub, functions }: LocalAccount): string {
  const made = hub.calls().filter(({ operation }) => operation === 'BatchUpdateFindings');
  const sent = made.flatMap(({ request }) => identifiersOf(request).map(findingKey));
  const again = sent.length - new Set(sent).size;
  const invocations = [...functions.values()].flatMap((lambda) => lambda.invocations()).length;
  const echoes =
    again === 0
      ? 'those led to no further update'
      : `${counted(again, 'update')} had to be sent again: the call had failed, or the finding came in twice`;
  return [
    `  ${counted(made.length, 'BatchUpdateFindings call')} for ${counted(sent.length, 'update')}, up to 100 findings each; one by one: ${counted(sent.length, 'call')}.`,
    `  ${counted(invocations, 'invocation')}. Each update comes back as an event of its own; ${echoes}.`,
  ].join('\n');
}

function identifiersOf(request: unknown): readonly FindingIdentifier[] {
  return (request as { readonly FindingIdentifiers: readonly FindingIdentifier[] }).FindingIdentifiers;
}

function deadLetters(account: LocalAccount, { failing }: SummaryContext): string {
  const letters = deadLettersOf(account);
  if (letters.length === 0) return '  None.';
  const lines = letters
    .slice(0, MAX_DEAD_LETTERS)
    .flatMap(({ finding, queue, cause }) => [
      `  ${escapeText(identityOf(finding)?.Id ?? '(a message without an identified finding)')}`,
      `    ${cause?.code ?? 'unknown'}: ${escapeText(cause?.message ?? 'nothing says why')}`,
      `    in ${queue}`,
    ]);
  const more = letters.length - MAX_DEAD_LETTERS;
  const notes = [
    more > 0 ? `  … and ${more} more; --out leaves them all in dead-letters.ndjson.` : [],
    failing ? '  (This run made Security Hub refuse one finding, to show what becomes of it.)' : [],
    '  A redrive to the ingest queue decides them again.',
  ];
  return [...lines, ...notes.flat()].join('\n');
}

function lookFurther({ out }: SummaryContext): string {
  const files =
    out === undefined
      ? '  npm start -- --out out            leaves outcomes, calls, dead letters and findings in out/'
      : `  ${escapeText(out)}/ holds ${ARTIFACTS.join(', ')}`;
  return [
    files,
    '  npm start -- --findings <file>…   the same with findings of yours; --rules <dir> with your rules',
    '  npm run local                     keeps such an account up, for the AWS CLI and the SDK',
    '  rules/README.md                   how to write a rule',
  ].join('\n');
}

function plainTable(head: readonly string[], rightAligned: readonly number[]): Table.Table {
  const none = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, ''] as const),
  );
  return new Table({
    head: [...head],
    chars: { ...Object.fromEntries(none), middle: ' ' },
    colAligns: head.map((_, index) => (rightAligned.includes(index) ? 'right' : 'left')),
    style: { 'padding-left': 2, 'padding-right': 0, head: [], border: [], compact: true },
  });
}

/** The table without the spaces that fill up its last column. */
function trimmed(table: Table.Table): string {
  return table.toString().replace(/ +$/gm, '');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
