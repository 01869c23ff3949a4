import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Finding } from '../findings/finding.ts';
import { isCalendarDay } from '../rules/calendar-day.ts';
import { escapeText } from '../rules/escape-text.ts';
import { EXCEPTIONS_FOLDER } from '../rules/exceptions/exception-row.ts';
import { loadRules } from '../rules/load.ts';
import { REASON_CODES, type ReasonCode, type Rule } from '../rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../rules/ruleset.ts';
import { safeJson } from '../rules/safe-json.ts';
import type { Surface } from '../rules/surface.ts';
import { decide } from '../triage/decide.ts';
import { surfaceFor } from './global-options.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { type Agreement, appendRow, rowFromFinding } from './new/append-exception.ts';
import { areaOf, chooseExample, type Example } from './new/choose-example.ts';
import { accountIdOf, memberOf, ruleFromFinding } from './new/rule-from-finding.ts';
import { sampleOfFinding } from './new/sample-of-finding.ts';
import { nowOption } from './now-option.ts';
import { ownerOfMost } from './owner-of-most.ts';
import { readOneFinding } from './read-one-finding.ts';
import { UsageError } from './usage-error.ts';

interface NewOptions extends Partial<Agreement> {
  readonly from?: string;
  readonly rules: string;
  readonly now?: number;
  readonly exception?: boolean;
}

const NAME = /^(?:([a-z0-9]+(?:-[a-z0-9]+)*)\/)?([a-z0-9]+(?:-[a-z0-9]+)*)$/;
const OTHER_FOLDERS = ['samples', 'context', 'conditions', EXCEPTIONS_FOLDER];
const FIRST_PRIORITY = 100;
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const NO_RULES: Ruleset = {
  rules: [],
  conditions: {},
  lists: {},
  accounts: {},
  config: DEFAULT_CONFIG,
  version: '',
};

const EXAMPLES = `
Examples:
  triage new my-first-rule                       made from a sample finding, to look at and change
  triage new guardduty/notify-recon --from finding.json --owner @acme/secops
  triage new --exception shop/key-rotation --from finding.json --owner @acme/shop --until 2027-06-30 \\
    --reason-code planned-fix --reason "Comes with the next release" --ticket SHOP-218`;

/** `triage new`: a rule and its test, or a row of exceptions, made from a finding or a sample. Overwrites nothing. */
export function newCommand(): Command {
  return new Command('new')
    .description('create a rule and its test from a finding, or append an exception')
    .argument('<name>', '[<area>/]<name> of the rule; with --exception <team>/<id> of the row')
    .option(
      '--from <finding>',
      'file with one finding, or the name of a sample (default: the first that fits)',
    )
    .option('--owner <owner>', 'who answers for it, e.g. @acme/secops (default: who owns most rules)')
    .addOption(rulesOption())
    .addOption(nowOption())
    .option(
      '--exception',
      'append a row to exceptions/<team>.json; it needs --from, --owner and the four below',
    )
    .option('--until <day>', 'the last day of the exception, YYYY-MM-DD')
    .addOption(new Option('--reason-code <code>', 'why it is right').choices([...REASON_CODES]))
    .option('--reason <text>', 'why it is right, in a sentence')
    .option('--ticket <id>', 'where it was agreed')
    .addHelpText('after', EXAMPLES)
    .action(create);
}

async function create(name: string, options: NewOptions, command: Command): Promise<void> {
  const [, first = '', second = ''] = NAME.exec(name) ?? [];
  if (second === '' || (options.exception && first === '')) {
    const form = options.exception ? '<team>/<id>' : '<area>/<name> or <name>';
    throw new UsageError(`${escapeText(name)} is no name. Write ${form} in small letters, digits and "-".`);
  }
  if (options.owner !== undefined && !/\S/.test(options.owner))
    throw new UsageError('--owner is blank. Say who answers for it.');
  const agreement = options.exception ? agreementOf(options) : undefined;
  const known = knownRules(options.rules, surfaceFor(command, 'stderr'));
  const { from, rules } = options;
  const example = from === undefined ? chooseExample(rules, first, known.rules) : readOneFinding(from, rules);
  if (example === undefined)
    throw new UsageError('A rule was made from each sample already. Name a finding: --from <finding.json>.');
  const written =
    agreement !== undefined
      ? appendException(first, second, await refuseExcepted(example.finding, known), { rules, agreement })
      : createRule(first, second, example, known.rules, options);
  console.log(written.join('\n'));
}

function createRule(
  namedArea: string,
  name: string,
  example: Example,
  known: readonly Rule[],
  options: NewOptions,
): readonly string[] {
  const { rules, from, owner = ownerOfMost(known.map((rule) => rule.owner)), now } = options;
  const area = namedArea === '' ? areaOf(example, foldersIn(rules)) : namedArea;
  if (OTHER_FOLDERS.includes(area)) throw new UsageError(`${area} is no area of rules. Name another folder.`);
  if (known.some((rule) => rule.name === name))
    throw new UsageError(`There is a rule ${name} already. A rule has a name of its own.`);
  const { finding, file = '' } = example;
  const samples = join(rules, 'samples');
  const isSample = relative(resolve(samples), resolve(file)) === basename(file) && file.endsWith('.json');
  const sample = isSample ? basename(file, '.json') : name;
  const sampleFinding = isSample ? finding : sampleOfFinding(finding);
  const { rule, test } = ruleFromFinding(finding, {
    area,
    name,
    owner,
    priority: freePriority(known),
    day: new Date(now ?? Date.now()).toISOString().slice(0, 10),
    sample,
    sampleFinding,
  });
  const texts = new Map([
    [join(rules, area, `${name}.json`), `${safeJson(rule)}\n`],
    [join(rules, area, `${name}.test.json`), `${safeJson(test)}\n`],
    ...(isSample ? [] : [[join(samples, `${name}.json`), `${safeJson(sampleFinding)}\n`] as const]),
  ]);
  const taken = [...texts.keys()].find((path) => existsSync(path));
  if (taken !== undefined) throw new UsageError(`${taken} exists already; nothing was written.`);
  for (const [path, text] of texts) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  const lines = [...texts.keys()].map((path) => `wrote ${path}`);
  const warning =
    'The sample has invented accounts and addresses; look it through for other names before you commit it.';
  const origin =
    from === undefined
      ? [
          `Made from ${file === '' ? 'an example finding that comes with triage' : `the sample ${sample}`}; --from <finding.json> makes it one for findings of yours.`,
          ...(options.owner === undefined
            ? [`Its owner is ${escapeText(owner)}; --owner names another.`]
            : []),
        ]
      : [...(isSample ? [] : [warning])];
  return [
    ...lines,
    ...origin,
    'The rule observes and would set NOTIFIED. Say in its "event" what it should do.',
  ];
}

function appendException(
  team: string,
  id: string,
  finding: Finding,
  { rules, agreement }: { readonly rules: string; readonly agreement: Agreement },
): readonly string[] {
  const path = join(rules, EXCEPTIONS_FOLDER, `${team}.json`);
  if (accountIdOf(finding) === undefined)
    throw new UsageError('The finding has no account id of 12 digits; an exception needs one.');
  const row = rowFromFinding(id, finding, agreement);
  const result = appendRow(team, path, existsSync(path) ? readFileSync(path, 'utf8') : undefined, row);
  if ('fault' in result) throw new UsageError(`${escapeText(result.fault)} Nothing was written.`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, result.text);
  return [
    `wrote ${path}`,
    `The row is the rule ${EXCEPTIONS_FOLDER}/${team}/${id}. Look at the resources it names.`,
    ...(memberOf(finding.Severity, 'Label') === 'CRITICAL'
      ? ['The finding is CRITICAL and stays visible, unless you add "allowCritical": true to the row.']
      : []),
  ];
}

function agreementOf({ from, until, reasonCode, reason, ticket, owner }: NewOptions): Agreement {
  const given = { from, owner, until, 'reason-code': reasonCode, reason, ticket };
  const missing = Object.entries(given).flatMap(([name, value]) => (value?.trim() ? [] : [`--${name}`]));
  if (missing.length > 0) throw new UsageError(`An exception needs ${missing.join(', ')} as well.`);
  if (!isCalendarDay(until ?? ''))
    throw new UsageError(`--until ${escapeText(until ?? '')} is no day. Write YYYY-MM-DD.`);
  return {
    until: until ?? '',
    reasonCode: reasonCode as ReasonCode,
    reason: reason ?? '',
    ticket: ticket ?? '',
    owner: owner ?? '',
  };
}

/** Hands the finding back unless a row excepts it already: a second one would never decide anything. */
async function refuseExcepted(finding: Finding, { rules, ...ruleset }: Ruleset): Promise<Finding> {
  const rows = rules.filter(({ name }) => name.startsWith(`${EXCEPTIONS_FOLDER}/`));
  const { trace } = await decide(finding, IMPORTED, { ...ruleset, rules: rows }, Date.now());
  const [entry] = trace.filter(({ matched, expired }) => matched || expired);
  if (entry === undefined) return finding;
  const { expires } = rows.find(({ name }) => name === entry.rule) ?? {};
  throw new UsageError(
    `The row ${escapeText(entry.rule)} excepts this finding already, until ${expires}. To prolong it, change its "until".`,
  );
}

/** The rules there are: none in a folder that only lacks its first one. */
function knownRules(rulesDir: string, surface: Surface): Ruleset {
  const { diagnostics } = loadRules(rulesDir);
  const isEmpty =
    existsSync(rulesDir) && diagnostics.length > 0 && diagnostics.every(({ code }) => code === 'TR120');
  return isEmpty ? NO_RULES : loadRulesForUse(rulesDir, surface);
}

function foldersIn(rulesDir: string): readonly string[] {
  return readdirSync(rulesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !OTHER_FOLDERS.includes(entry.name))
    .map(({ name }) => name);
}

/** The first of 100, 110, 120 … that no rule has. */
function freePriority(rules: readonly Rule[]): number {
  const taken = new Set(rules.map(({ priority }) => priority));
  let priority = FIRST_PRIORITY;
  while (taken.has(priority)) priority += 10;
  return priority;
}
