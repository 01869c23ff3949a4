import { Command, Option } from 'commander';
import { nearest } from '../findings/nearest.ts';
import { escapeText } from '../rules/escape-text.ts';
import { type FactType, lookUpFact } from '../rules/fact-type.ts';
import {
  DECORATORS,
  OPERATORS,
  type OperatorName,
  type OperatorSignature,
  readOperator,
} from '../rules/operators.ts';
import { JSON_VERSION } from '../rules/reporters/json.ts';
import { safeJson } from '../rules/safe-json.ts';
import type { Paint } from '../rules/surface.ts';
import type { Workspace } from '../rules/workspace.ts';
import { describeFact } from './describe-fact.ts';
import { paintFor, surfaceFor } from './global-options.ts';
import { failInJson } from './json-failure.ts';
import { describeType, factSource, factsBelow, type KnownFact, listFacts } from './known-facts.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { UsageError } from './usage-error.ts';

interface FactsOptions {
  readonly rules: string;
  readonly format: 'pretty' | 'json';
}

const EXAMPLES = `
Examples:
  triage facts                       every top-level fact, our own facts, and the operators
  triage facts Severity.Label        its type, its values and an example
  triage facts 'Resources[*]'        what stands below
  triage facts olderThanDays         what an operator compares`;

/** An example value for each kind of value an operator takes. */
const EXAMPLE_VALUES: Readonly<Record<OperatorSignature['value'], unknown>> = {
  scalar: 'eu-west-1',
  list: ['eu-west-1', 'eu-central-1'],
  string: 'eu-',
  number: 40,
  regex: 'eu-.*',
  glob: 'eu-*',
  cidr: '192.0.2.0/24',
  instant: '2026-01-31T00:00:00Z',
  days: 30,
  boolean: true,
  conditions: { all: [{ fact: 'Type', operator: 'equal', value: 'AwsEc2Instance' }] },
};

/** A fact that an operator of each kind can be true for. */
const EXAMPLE_FACTS: Readonly<Record<OperatorSignature['fact'], string>> = {
  any: 'Region',
  string: 'Region',
  number: 'Severity.Normalized',
  list: 'Types',
  instant: 'CreatedAt',
  ip: 'Network.SourceIpV4',
};

/** `triage facts`: what a rule can read and how it can compare. */
export function factsCommand(): Command {
  return new Command('facts')
    .description('list the facts and operators a rule can use, or tell all about one')
    .argument('[name]', 'a fact or an operator')
    .addOption(rulesOption())
    .addOption(
      new Option('-f, --format <name>', 'pretty or json').choices(['pretty', 'json']).default('pretty'),
    )
    .addHelpText('after', EXAMPLES)
    .action(showFacts);
}

async function showFacts(name: string | undefined, options: FactsOptions, command: Command): Promise<void> {
  const { rules, format } = options;
  const paint = paintFor(command);
  const told = await failInJson(format, () => {
    const source = factSource(loadRulesForUse(rules, surfaceFor(command, 'stderr')));
    return name === undefined ? tellAll(source, paint) : tellOne(name, source, paint);
  });
  console.log(format === 'json' ? safeJson({ version: JSON_VERSION, ok: true, ...told.facts }) : told.text);
}

interface Told {
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

function tellAll(source: Workspace, { strong, faint }: Paint): Told {
  const { finding, own } = listFacts(source);
  const operators = Object.entries(OPERATORS).map(([operator, { says }]) => ({ operator, says }));
  const text = [
    `${strong('Facts of a finding')} ${faint('(members of lists stand after [*]; "triage facts <name>" shows what is below)')}`,
    ...table(finding),
    '',
    strong('Facts of our own'),
    ...table(own),
    '',
    strong('Operators'),
    ...columns(operators.map(({ operator, says }) => [operator, says])),
    '',
    `${strong('Before an operator')}: ${DECORATORS.map((decorator) => `${decorator}:`).join(' ')} (rules/README.md#operators)`,
  ].join('\n');
  return { text, facts: { finding, own, operators, decorators: DECORATORS } };
}

function tellOne(name: string, source: Workspace, paint: Paint): Told {
  const operator = readOperator(name)?.operator;
  if (operator !== undefined) return tellOperator(operator, paint);
  const type = lookUpFact(name, source);
  if (type.known) return tellFact(name, type, source, paint);
  const [meant] = nearest(name, Object.keys(OPERATORS), 1);
  const hint = meant === undefined ? undefined : `Or the operator "${meant}"?`;
  const message = [type.message, type.help, hint].filter((text) => text !== undefined).join(' ');
  throw new UsageError(escapeText(message));
}

function tellFact(fact: string, type: FactType, source: Workspace, { strong }: Paint): Told {
  const below = factsBelow(fact, source);
  const example = exampleFor(fact, type);
  const description = describeFact(fact);
  const optional = !type.required && (!/^[a-z]/.test(fact) || fact.startsWith('account.'));
  const values = fact.startsWith('lists.')
    ? (source.lists.get(fact.slice('lists.'.length)) ?? []).map(({ value }) => value)
    : undefined;
  const text = [
    `${strong(escapeText(fact))}  ${describeType(type)}`,
    ...(description === undefined ? [] : [`${strong('about')}    ${escapeText(description)}`]),
    ...(optional ? [`${strong('missing')}  on some findings: a negated operator is true there`] : []),
    ...(values === undefined ? [] : [`${strong('values')}   ${escapeText(values.join(', '))}`]),
    ...(example === undefined ? [] : [`${strong('example')}  ${JSON.stringify(example)}`]),
    ...(below.length === 0 ? [] : [strong('below'), ...table(below)]),
  ].join('\n');
  const { list, kind, enum: allowed } = type;
  return { text, facts: { fact, description, optional, list, kind, enum: allowed, values, example, below } };
}

function tellOperator(operator: OperatorName, { strong }: Paint): Told {
  const { fact, value, says, builtIn, trueWhenMissing }: OperatorSignature = OPERATORS[operator];
  const example = exampleOf(operator);
  const text = [
    `${strong(operator)}  ${says}`,
    `${strong('fact')}     ${fact === 'any' ? 'a text, number or boolean' : fact}`,
    `${strong('value')}    ${value === 'conditions' ? 'all, any or not on the members of one element' : value}`,
    `${strong('example')}  ${JSON.stringify(example)}`,
    ...(trueWhenMissing
      ? [`${strong('note')}     True where the fact is missing: put an "exists" beside it.`]
      : []),
    `${strong('from')}     ${builtIn ? 'json-rules-engine' : 'this product'}`,
  ].join('\n');
  return { text, facts: { operator, says, fact, value, trueWhenMissing, builtIn, example } };
}

/** A condition with the operator that loads as it stands. */
function exampleOf(operator: OperatorName): unknown {
  const { fact, value }: OperatorSignature = OPERATORS[operator];
  const shown = fact === 'list' && value === 'scalar' ? 'Effects/Data Exposure' : EXAMPLE_VALUES[value];
  return { fact: value === 'conditions' ? 'Resources' : EXAMPLE_FACTS[fact], operator, value: shown };
}

/** A condition on the fact that loads as it stands; undefined where it has to name a member. */
function exampleFor(fact: string, { list, kind, enum: values }: FactType): unknown {
  if (fact.startsWith('lists.')) return { fact: 'AwsAccountId', operator: 'in', value: { fact } };
  if (kind === 'structure' || kind === 'map') {
    return list ? undefined : { fact, operator: 'exists', value: true };
  }
  const value = values?.[0] ?? { string: 'x', number: 40, boolean: true, any: 'x' }[kind];
  return { fact, operator: list ? 'someFact:equal' : 'equal', value };
}

function table(facts: readonly KnownFact[]): readonly string[] {
  return columns(facts.map(({ fact, type }) => [escapeText(fact), escapeText(type)]));
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
