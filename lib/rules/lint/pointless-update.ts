import { diagnose, quote } from '../diagnostic.ts';
import { clausesOf, type Literal } from '../meeting/literal.ts';
import { solveAny } from '../meeting/meet.ts';
import type { LintCheck, LintedRule } from './lint-context.ts';

/** Where a fact of the finding is what an update writes. */
const FACTS: Readonly<Record<string, { readonly fact: string; readonly member?: string }>> = {
  Workflow: { fact: 'Workflow.Status', member: 'Status' },
  Severity: { fact: 'Severity.Label', member: 'Label' },
  Note: { fact: 'Note.Text', member: 'Text' },
  VerificationState: { fact: 'VerificationState' },
  Confidence: { fact: 'Confidence' },
  Criticality: { fact: 'Criticality' },
};

interface Written {
  readonly path: readonly (string | number)[];
  readonly fact: string;
  /** The comparison that is true where the update changes something. */
  readonly operator: 'notEqual' | 'doesNotContain';
  readonly value: unknown;
}

/** A value that the conditions demand already is there whenever the rule matches, so writing it does nothing. */
export const checkPointlessUpdate: LintCheck = ({ rules, space, workspace }) =>
  rules.flatMap((linted) => {
    const clauses = clausesOf(linted.file, workspace);
    return writtenBy(linted).flatMap(({ path, fact, operator, value }) => {
      if (typeof value === 'string' && value.includes('{{')) return [];
      const changed: Literal = { leaf: { fact, operator, value }, holds: true, file: linted.file, path: [] };
      if (solveAny(clauses?.map((clause) => [...clause, changed]) ?? null, space).can !== 'no') return [];
      // Conditions that never hold are another check's.
      if (solveAny(clauses, space).can === 'no') return [];
      const message = `Wherever this rule matches, ${fact} ${operator === 'notEqual' ? 'is' : 'holds'} ${quote(value)} already.`;
      return [
        diagnose(linted.file.source, { path }, 'TR207', message, 'Leave it out, or match other findings.'),
      ];
    });
  });

function writtenBy({ rule }: LintedRule): readonly Written[] {
  const { params } = rule.event;
  const at = ['event', 'params'];
  const plain = Object.entries(FACTS).flatMap(([field, { fact, member }]): Written[] => {
    const value = params[field as keyof typeof params] as unknown;
    if (value === undefined) return [];
    const inner = member === undefined ? value : (value as Readonly<Record<string, unknown>>)[member];
    const path = member === undefined ? [...at, field] : [...at, field, member];
    return [{ path, fact, operator: 'notEqual', value: inner }];
  });
  const keys = Object.entries(params.UserDefinedFields ?? {}).map(([key, value]): Written => {
    const fact = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)
      ? `UserDefinedFields.${key}`
      : `UserDefinedFields[${JSON.stringify(key)}]`;
    return { path: [...at, 'UserDefinedFields', key], fact, operator: 'notEqual', value };
  });
  const types = (params.Types ?? []).map(
    (value, i): Written => ({ path: [...at, 'Types', i], fact: 'Types', operator: 'doesNotContain', value }),
  );
  return [...plain, ...keys, ...types];
}
