/** Why EventBridge is not asked for a condition of a rule. Told where the derivation leaves it out. */
export type Why = keyof typeof WHY_WIDENED;

export const WHY_WIDENED = {
  time: 'depends on the time',
  fact: 'compares with another fact',
  account: 'holds for accounts that nothing is known of, or on what cannot be told of them beforehand',
  values: 'cannot be told beforehand of the values that the field has',
  negation: 'a negation also holds where the field is absent',
  part: 'no certain beginning or end of the text',
  uncertain: 'names no value that EventBridge could look up as rules do',
  view: 'rules read the field otherwise than it stands in the event',
  name: 'the field has a name that EventBridge or CloudFormation takes for its own',
  literal: 'EventBridge might compare the value otherwise than rules do',
  element: 'another field of the same list is asked for: EventBridge wants one element to have both',
  space: 'left out for space',
} as const;
