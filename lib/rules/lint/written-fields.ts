import { UPDATABLE_FIELDS } from '../../findings/update.ts';
import type { Rule } from '../rule.ts';

/** Fields that add up over rules instead of being decided by one of them. */
const ADDING: readonly string[] = ['Types', 'RelatedFindings'];

/** What a rule decides, by field (`UserDefinedFields.<key>` each): no lower rule can decide it on the same finding. */
export function decidedFields({ event }: Rule): ReadonlyMap<string, unknown> {
  const { params } = event;
  const fields = new Map<string, unknown>();
  for (const field of UPDATABLE_FIELDS) {
    const value = params[field];
    if (value === undefined || ADDING.includes(field)) continue;
    if (field !== 'UserDefinedFields') fields.set(field, value);
    else
      for (const [key, text] of Object.entries(params.UserDefinedFields ?? {}))
        fields.set(`${field}.${key}`, text);
  }
  return fields;
}

/** Whether the rule also writes what adds up, so that a higher rule never takes all from it. */
export function addsToLists({ event }: Rule): boolean {
  return ADDING.some((field) => event.params[field as 'Types'] !== undefined);
}
