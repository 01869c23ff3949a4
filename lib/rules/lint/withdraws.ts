import { canonicalJson } from '../../findings/canonical-json.ts';
import type { UpdatableField } from '../../findings/update.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { lastInstantOf } from '../engine/last-day.ts';
import type { Rule } from '../rule.ts';
import type { JsonPath } from '../source.ts';
import type { LintCheck, LintContext, LintedRule } from './lint-context.ts';
import { diagnoseFolder } from './whole-folder.ts';
import { fieldsOf, isWithdrawable } from './withdrawable.ts';

/**
 * Held against an earlier revision: what an enforced rule wrote is taken back with each finding's next event once the
 * rule is gone, observes, ends earlier or leaves a field out. A deletion looks like tidying up, and reopens findings.
 */
export const checkWithdraws: LintCheck = (context) => {
  const { base, rules, complete, now } = context;
  if (base === undefined) return [];
  const byName = new Map(rules.map((linted) => [linted.rule.name, linted]));
  const earlier = new Set(base.rules.map(({ rule }) => rule.name));
  const added = rules
    .filter(({ rule }) => !earlier.has(rule.name))
    .map((linted) => ({ linted, content: contentOf(linted.rule) }));
  return base.rules
    .filter((linted) => isWithdrawable(linted, base.workspace) && lastInstant(linted.rule) >= now)
    .flatMap((before): readonly Diagnostic[] => {
      const same = byName.get(before.rule.name);
      if (same !== undefined) return changeOf(before, same, base.ref);
      // A file that is broken now may hold it.
      if (!complete) return [];
      const renamed = successorOf(before, added);
      return renamed === undefined ? [removalOf(before, context)] : changeOf(before, renamed, base.ref);
    });
};

function removalOf(before: LintedRule, context: LintContext): Diagnostic {
  const { rule, file } = before;
  const message = `${quote(rule.name)} is gone, which was enforced at ${context.base?.ref} (${file.source.label}).`;
  return diagnoseFolder(context, [], 'TR210', message, effectOn(fieldsOf(before)));
}

function changeOf(before: LintedRule, after: LintedRule, ref: string): readonly Diagnostic[] {
  const { rule, file } = after;
  const renamed = rule.name !== before.rule.name;
  const subject = renamed
    ? `${quote(before.rule.name)} of ${ref} is called ${quote(rule.name)} now`
    : 'This rule';
  const say = (path: JsonPath, what: string, help: string): readonly Diagnostic[] => [
    diagnose(file.source, { path }, 'TR210', `${subject}${renamed ? ', and it ' : ' '}${what}.`, help),
  ];
  const lost = fieldsOf(before).filter((field) => !fieldsOf(after).includes(field));
  if (rule.mode === 'observe') {
    const place = Object.hasOwn(file.value, 'mode') ? 'mode' : 'name';
    return say([place], `observes, and was enforced at ${ref}`, effectOn(fieldsOf(before)));
  }
  if (lastInstant(rule) < lastInstant(before.rule)) {
    const what = `ends on ${rule.expires}, earlier than at ${ref} (${before.rule.expires ?? 'never'})`;
    return say(['expires'], what, effectOn(fieldsOf(before)));
  }
  if (lost.length > 0) return say(['event', 'params'], `no longer writes ${lost.join(', ')}`, effectOn(lost));
  if (!renamed) return [];
  const message = `${subject}.`;
  const help =
    'Marks on findings keep the old name until they are next updated. Where it decides as before, nothing is withdrawn.';
  return [diagnose(file.source, { path: ['name'] }, 'TR210', message, help)];
}

/** The rule that a removed one has become: it says the same, or stands in the file. */
function successorOf(
  { rule, file }: LintedRule,
  added: readonly { readonly linted: LintedRule; readonly content: string }[],
): LintedRule | undefined {
  const content = contentOf(rule);
  const alike = added.find((other) => other.content === content);
  // Rows share a file: it says nothing of which one became which.
  const heir = alike ?? (file.row === undefined ? added.find((other) => isInFileOf(file, other)) : undefined);
  return heir?.linted;
}

function isInFileOf({ source }: LintedRule['file'], { linted }: { readonly linted: LintedRule }): boolean {
  return linted.file.source.label === source.label;
}

function contentOf({ conditions, event }: Rule): string {
  return canonicalJson({ conditions, event });
}

function lastInstant({ expires }: Rule): number {
  return expires === undefined || expires === 'never' ? Number.POSITIVE_INFINITY : lastInstantOf(expires);
}

const PROVIDERS: readonly UpdatableField[] = [
  'Severity',
  'Confidence',
  'Criticality',
  'Types',
  'RelatedFindings',
];

/** What becomes of the fields, in the words of `withdrawnValue` of lib/triage. */
function effectOn(fields: readonly UpdatableField[]): string {
  const rated = fields.filter((field) => PROVIDERS.includes(field));
  const parts = [
    ...(fields.includes('Workflow') ? ['Workflow.Status becomes NEW'] : []),
    ...(fields.includes('VerificationState') ? ['VerificationState becomes UNKNOWN'] : []),
    ...(rated.length > 0
      ? [`${rated.join(', ')} become${rated.length === 1 ? 's' : ''} the provider's`]
      : []),
    ...(fields.includes('Note') ? ['Note becomes a line that says it is withdrawn'] : []),
    ...(fields.includes('UserDefinedFields') ? ['UserDefinedFields stay, for no call removes them'] : []),
  ];
  return `Where no other rule decides it, what it wrote is withdrawn with each finding's next event: ${parts.join('; ')}.`;
}
