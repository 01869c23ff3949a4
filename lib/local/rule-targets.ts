import type { TargetOfRule } from './rules-of-bus.ts';

type Request = Readonly<Record<string, unknown>>;

/** A target that was not put or removed, while others were; as both calls name it. */
export interface FailedEntry {
  readonly TargetId: string;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

export type ChangedTargets =
  | {
      readonly kind: 'changed';
      readonly targets: readonly TargetOfRule[];
      readonly failed: readonly FailedEntry[];
    }
  | { readonly kind: 'invalid'; readonly why: string };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
const TARGET_ID = /^[.\-_A-Za-z0-9]{1,64}$/;
/** The API page has up to 100 of either. */
const MOST_ENTRIES = 100;

/**
 * The targets once those of a PutTargets request are added; one of the same Id is replaced, where it stands. Inputs and
 * retry policies are not read.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export function withTargets(targets: readonly TargetOfRule[], { Targets }: Request): ChangedTargets {
  if (!isFilledList(Targets)) return invalid(`Targets must be a list of 1 to ${MOST_ENTRIES} targets`);
  const byId = new Map(targets.map((target) => [target.id, target]));
  for (const given of Targets) {
    const { Id, Arn, RoleArn, DeadLetterConfig } = (given ?? {}) as Request;
    const deadLetterArn = ((DeadLetterConfig ?? {}) as Request).Arn;
    if (!isId(Id)) return invalid(`${JSON.stringify(Id)} is no Id of a target`);
    if (typeof Arn !== 'string' || Arn === '') return invalid(`the target ${Id} has no Arn`);
    byId.set(Id, {
      ...{ id: Id, arn: Arn },
      ...(typeof RoleArn === 'string' && { roleArn: RoleArn }),
      ...(typeof deadLetterArn === 'string' && { deadLetterArn }),
    });
  }
  return { kind: 'changed', targets: [...byId.values()], failed: [] };
}

/**
 * The targets once those that a RemoveTargets request names are gone. Undocumented and so chosen, as LocalStack has
 * it: an Id that the rule does not have is a failed entry, and the others are removed.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html
 */
export function withoutTargets(
  targets: readonly TargetOfRule[],
  { Ids }: Request,
  ruleName: string,
): ChangedTargets {
  if (!isFilledList(Ids)) return invalid(`Ids must be a list of 1 to ${MOST_ENTRIES} Ids`);
  const strange = Ids.find((id) => !isId(id));
  if (strange !== undefined) return invalid(`${JSON.stringify(strange)} is no Id of a target`);
  const named = new Set(Ids as readonly string[]);
  const unknown = [...named].filter((id) => !targets.some((target) => target.id === id));
  return {
    kind: 'changed',
    targets: targets.filter(({ id }) => !named.has(id)),
    failed: unknown.map((TargetId) => ({
      ...{ TargetId, ErrorCode: 'ResourceNotFoundException' },
      ErrorMessage: `Rule ${ruleName} does not have a target with the Id ${TargetId}.`,
    })),
  };
}

function isFilledList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length >= 1 && value.length <= MOST_ENTRIES;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && TARGET_ID.test(value);
}

function invalid(why: string): ChangedTargets {
  return { kind: 'invalid', why };
}
