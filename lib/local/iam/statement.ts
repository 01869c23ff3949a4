/** One statement of an IAM policy, as it stands in a synthesized template once references are resolved. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  /** Only resource policies have one; a role's policy speaks of the role that carries it. */
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  /** By operator, by condition key: the values asked for. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<ConditionValue>>>>>;
}

export type OneOrMany<T> = T | readonly T[];
export type ConditionValue = string | boolean | number;
export type PrincipalElement = '*' | Readonly<Record<string, OneOrMany<string>>>;

/** The list behind a member that policies allow to be written without one. */
export function listOf<T extends ConditionValue>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) {
    return [];
  }
  return typeof value === 'object' ? value : [value];
}
