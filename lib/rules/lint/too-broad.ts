import { type Diagnostic, diagnose } from '../diagnostic.ts';
import { clausesOf } from '../meeting/literal.ts';
import { suppresses } from '../written-update.ts';
import { criticalExample } from './critical-example.ts';
import type { LintCheck } from './lint-context.ts';
import { DIMENSIONS, type Dimension, listed, widestOf } from './suppression-width.ts';

/** A suppression that answers fewer of the four questions hides what nobody has thought of. */
const LEAST_NARROWED = 2;

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
export const checkTooBroad: LintCheck = async (context) => {
  const found: Diagnostic[] = [];
  for (const linted of context.rules.filter(({ file }) => suppresses(file))) {
    const { file } = linted;
    const widest = widestOf(clausesOf(file, context.workspace), context.space);
    if (widest === undefined || widest.narrowed.size >= LEAST_NARROWED) continue;
    const subject =
      widest.ways > 1 ? `In the widest of its ${widest.ways} ways to match, this rule` : 'This rule';
    const example = widest.upTo === 'CRITICAL' ? await criticalExample(linted, context) : undefined;
    const hides = example === undefined ? '' : ` It hides ${example}.`;
    const message = `${subject} suppresses findings of ${widest.reach}.${hides}`;
    const known = DIMENSIONS.filter((dimension) => widest.narrowed.has(dimension));
    const open = DIMENSIONS.find((dimension) => dimension !== 'product' && !widest.narrowed.has(dimension));
    const says = known.length === 0 ? 'It narrows none of' : `It narrows ${listed(known)} alone of`;
    const help = `${says} product, account, control and resource; narrow at least ${LEAST_NARROWED}, e.g. add ${ADVICE[open ?? 'account']}.`;
    found.push(
      diagnose(file.source, { path: ['event', 'params', 'Workflow', 'Status'] }, 'TR201', message, help),
    );
  }
  return found;
};
