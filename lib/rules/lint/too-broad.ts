import { type Diagnostic, diagnose } from '../diagnostic.ts';
import { type Clause, clausesOf } from '../meeting/literal.ts';
import { solveClause } from '../meeting/solve-clause.ts';
import { suppresses } from '../written-update.ts';
import type { LintCheck } from './lint-context.ts';
import { DIMENSIONS, type Dimension, type Width, widthOf } from './suppression-width.ts';

/** A suppression that answers fewer of the four questions hides what nobody has thought of. */
const LEAST_NARROWED = 2;

const ANY: Readonly<Record<Dimension, string>> = {
  product: 'any product',
  account: 'any account',
  control: 'any control or type of finding',
  resource: 'any resource',
};
const ADVICE: Readonly<Record<Dimension, string>> = {
  product: '{ "fact": "ProductName", "operator": "equal", "value": "…" }',
  account: '{ "fact": "AwsAccountId", "operator": "in", "value": ["…"] }',
  control:
    '{ "fact": "Compliance.SecurityControlId", "operator": "in", "value": ["…"] } (or Types, Title, GeneratorId)',
  resource: '{ "fact": "Resources[*].Id", "operator": "someFact:in", "value": ["…"] }',
};

/**
 * Says how wide a suppression is, by the widest way in which its conditions come true: a rule with `any` hides what
 * its widest branch hides.
 */
export const checkTooBroad: LintCheck = ({ rules, space, workspace }) =>
  rules.flatMap(({ file }): readonly Diagnostic[] => {
    const clauses = suppresses(file) ? clausesOf(file, workspace) : [];
    if (clauses === null) return [];
    const widths = clauses
      .filter((clause) => solveClause(clause, space).can !== 'no' && !isPressed(clause))
      .map((clause) => widthOf(clause, space))
      .sort((a, b) => a.narrowed.size - b.narrowed.size);
    const [widest] = widths;
    if (widest === undefined || widest.narrowed.size >= LEAST_NARROWED) return [];
    const open = DIMENSIONS.filter((dimension) => !widest.narrowed.has(dimension));
    const branch =
      widths.length > 1 ? `In the widest of its ${widths.length} ways to match, this rule` : 'This rule';
    const message = `${branch} suppresses findings of ${listed(open.map((dimension) => anyOf(dimension, widest)))}, up to ${widest.upTo}.`;
    const known = DIMENSIONS.filter((dimension) => widest.narrowed.has(dimension));
    const says = known.length === 0 ? 'It narrows none of' : `It narrows ${listed(known)} alone of`;
    const [first] = open.filter((dimension) => dimension !== 'product');
    const help = `${says} product, account, control and resource; narrow at least ${LEAST_NARROWED}, e.g. add ${ADVICE[first ?? 'account']}.`;
    return [
      diagnose(file.source, { path: ['event', 'params', 'Workflow', 'Status'] }, 'TR201', message, help),
    ];
  });

/** A custom action reaches only the findings that a person picked. */
function isPressed(clause: Clause): boolean {
  return clause.some(({ leaf, holds }) => holds && leaf.fact === 'event.actionName');
}

function anyOf(dimension: Dimension, { accounts }: Width): string {
  if (dimension !== 'account' || accounts === undefined) return ANY[dimension];
  return `${accounts.covered} of the ${accounts.known} known accounts`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
