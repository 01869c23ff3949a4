import { existsSync, readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { systemClock } from '../../../lambdas/triage/clock.ts';
import type { Reread } from '../../../lambdas/triage/reread.ts';
import { connectSecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { isNamed } from '../../dead-letters/filter.ts';
import { type Letter, readLetter } from '../../dead-letters/letter.ts';
import { lookAtLetters } from '../../dead-letters/look-at-letters.ts';
import { createRedecider, onUnknownState } from '../../dead-letters/redecide.ts';
import { letterOf } from '../../dead-letters/reporters/survey-texts.ts';
import { savedLetters } from '../../dead-letters/saved-letters.ts';
import { findingKey } from '../../findings/finding-key.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { JSON_VERSION } from '../../rules/reporters/json.ts';
import { safeJson } from '../../rules/safe-json.ts';
import { type Explanation, explain } from '../../simulation/explain.ts';
import { formatExplanation } from '../format-explanation.ts';
import { progressFor, surfaceFor } from '../global-options.ts';
import { Interrupted, onInterrupt } from '../interrupt.ts';
import { failInJson } from '../json-failure.ts';
import { loadRulesForUse } from '../load-rules-for-use.ts';
import { rulesOption } from '../local-options.ts';
import { tellFailures } from '../tell-failure.ts';
import { UsageError } from '../usage-error.ts';
import { filterOptions } from './filter-options.ts';
import { formatLetter } from './format-letter.ts';
import { openQueues, QUEUE_NOTES, type QueueOptions, queueOptions } from './queue-options.ts';

interface ExplainOptions extends QueueOptions {
  readonly limit?: number;
  readonly id?: readonly string[];
  readonly redecide: boolean;
  readonly rules: string;
  readonly format: 'pretty' | 'json';
}

/** Each letter that is looked at is received once: a message is sought in the whole of most queues. */
const DEFAULT_LIMIT = 10_000;

const NOTES = `${QUEUE_NOTES}
Deciding anew reads the finding with your own credentials: securityhub:GetFindings.

Examples:
  triage dead-letters explain 2a1f4c1e-9d57-4b86-8f8e-3f3d0c6f7a10       a message
  triage dead-letters explain arn:aws:securityhub:eu-west-1:111122223333:…  a finding
  triage dead-letters explain gone.ndjson --id <message id>             out of a file`;

/** `triage dead-letters explain`: one letter in words, and what would become of its finding now. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description('tell one dead letter in words, and what the rules here would decide now')
    .argument('<letter>', 'id of a message or a finding, or a file with saved letters')
    .option('--no-redecide', 'do not read the finding from Security Hub');
  for (const option of [
    ...queueOptions(),
    ...filterOptions().filter(({ long }) => ['--id', '--limit'].includes(long ?? '')),
  ])
    command.addOption(option);
  return command
    .addOption(rulesOption())
    .addOption(
      new Option('-f, --format <name>', 'pretty or json').choices(['pretty', 'json']).default('pretty'),
    )
    .addHelpText('after', NOTES)
    .action(explainLetter);
}

async function explainLetter(name: string, options: ExplainOptions, command: Command): Promise<void> {
  const { letter, others, now } = await failInJson(options.format, () =>
    tellFailures(async () => {
      const found = await findLetter(name, options, command);
      return { ...found, now: options.redecide ? await decideNow(found.letter, options, command) : [] };
    }),
  );
  if (options.format === 'json') {
    const { codes: _, ...advice } = letter.advice;
    console.log(safeJson({ version: JSON_VERSION, ok: true, letter: letterOf(letter), advice, others, now }));
    return;
  }
  const surface = surfaceFor(command);
  console.log(formatLetter(letter, others, systemClock.nowMs(), surface));
  for (const { finding, kind, ...one } of now) {
    console.log(
      `\n${surface.paint.strong('now')}            ${'explanation' in one ? `by the rules in ${escapeText(options.rules)}` : `${escapeText(finding.Id)}: ${escapeText(one.why)}`}`,
    );
    if ('explanation' in one)
      console.log(formatExplanation(one.explanation, { ...surface, prefix: one.prefix }));
  }
}

interface Found {
  readonly letter: Letter;
  /** Further letters that the name fits. */
  readonly others: number;
}

async function findLetter(name: string, options: ExplainOptions, command: Command): Promise<Found> {
  if (existsSync(name)) return chooseOne(lettersOfFile(name), name, options.id);
  const stop = new AbortController();
  const settle = onInterrupt(() => stop.abort());
  const { queues, close } = await openQueues(options);
  const progress = progressFor(command, 'letters');
  try {
    const letters: Letter[] = [];
    for (const queue of queues)
      letters.push(
        ...(await lookAtLetters(queue, options.limit ?? DEFAULT_LIMIT, stop.signal, (count) =>
          progress.update(0, count),
        )),
      );
    if (stop.signal.aborted) throw new Interrupted();
    return chooseOne(letters, 'the queues', [name]);
  } finally {
    progress.end();
    settle();
    close();
  }
}

/** The newest of those meant. */
function chooseOne(letters: readonly Letter[], where: string, ids: readonly string[] | undefined): Found {
  const meant =
    ids === undefined ? letters : letters.filter((letter) => ids.some((id) => isNamed(letter, id)));
  const [first, ...rest] = [...meant].sort((a, b) => (b.received.sentAtMs ?? 0) - (a.received.sentAtMs ?? 0));
  if (first !== undefined && (rest.length === 0 || ids !== undefined))
    return { letter: first, others: rest.length };
  if (first !== undefined)
    throw new UsageError(
      `${escapeText(where)} holds ${meant.length} letters. Choose one with --id <message or finding id>.`,
    );
  const id = ids === undefined ? 'no letter' : `no letter with the id ${ids.map(escapeText).join(' or ')}`;
  throw new UsageError(
    `There is ${id} in ${escapeText(where)}: ids are those of messages and findings, in full. Somebody may be working on it.`,
  );
}

function lettersOfFile(path: string): readonly Letter[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${escapeText(path)} cannot be read: ${escapeText(String(error))}.`, {
      cause: error,
    });
  }
  const letters = savedLetters(text);
  if (letters !== undefined) return letters.map(readLetter);
  throw new UsageError(
    `${escapeText(path)} holds no letters. A file has one a line, {"body": …, "attributes": …}, or is a body itself.`,
  );
}

type Now = { readonly finding: Letter['findings'][number] } & (
  | { readonly kind: 'decided'; readonly explanation: Explanation; readonly prefix: string }
  | { readonly kind: 'undecided'; readonly why: string }
);

async function decideNow(
  letter: Letter,
  { rules }: ExplainOptions,
  command: Command,
): Promise<readonly Now[]> {
  const { reading } = letter;
  if (reading.kind === 'refused') return [];
  const ruleset = loadRulesForUse(rules, surfaceFor(command, 'stderr'));
  const { present } = createRedecider(connectSecurityHub(), ruleset, systemClock);
  const found = await present(letter.findings);
  const all: Now[] = [];
  for (const finding of letter.findings) {
    const reread = found.get(findingKey(finding));
    if (reread?.kind !== 'found') all.push({ finding, kind: 'undecided', why: whyNot(reread) });
    else {
      const nowMs = systemClock.nowMs();
      const explanation = await explain(
        reread.finding,
        reading.event,
        ruleset,
        nowMs,
        onUnknownState(finding),
      );
      all.push({ finding, kind: 'decided', explanation, prefix: ruleset.config.prefix });
    }
  }
  return all;
}

function whyNot(reread: Reread | undefined): string {
  if (reread?.kind !== 'blocked' || reread.result.kind === 'updated') return 'it was not read';
  const { code, message } = reread.result.cause;
  if (code === 'FindingNotFound') return 'gone from Security Hub; a redrive does not help';
  const denied = /AccessDenied|InvalidAccess/.test(code);
  return `not read: ${code}: ${message}${denied ? '. It needs securityhub:GetFindings; --no-redecide leaves it out' : ''}`;
}
