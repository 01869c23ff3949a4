import type { Rule } from '../rules/rule.ts';
import { safeJson } from '../rules/safe-json.ts';
import { RULE_MEMBERS } from '../rules/schemas/rule-schema.ts';

/** A check of lint that does not apply to a rule, and until when. */
export interface Disable {
  readonly code: string;
  readonly reason: string;
  readonly until: string;
}

/** The text of a rule's file, its members in the order of the schema. */
export function ruleText(rule: Rule, disable: readonly Disable[] = []): string {
  const members = { $schema: '../rule.schema.json', ...rule, ...(disable.length > 0 && { disable }) };
  const ordered = RULE_MEMBERS.flatMap((name) => {
    const value = members[name as keyof typeof members];
    return value === undefined ? [] : [[name, value] as const];
  });
  return `${safeJson(Object.fromEntries(ordered))}\n`;
}
