import type { UpdatableField } from '../findings/update.ts';

/**
 * `lost`: the source says it, and the rule does not. `differs`: the rule says it, and means something else.
 * `assumed`: the source's documentation leaves it open. `review`: somebody has to say what no source knows.
 */
export const REMARK_KINDS = ['lost', 'differs', 'assumed', 'review'] as const;
export type RemarkKind = (typeof REMARK_KINDS)[number];

/** Something that an imported rule does not say exactly as its source did. */
export interface Remark {
  readonly kind: RemarkKind;
  /** Names the difference for programs, e.g. `types-are-added`. */
  readonly code: string;
  /** One or two sentences: what, and what to do. */
  readonly text: string;
  /** The fields on which findings may end otherwise for it; none where it is not about fields. */
  readonly fields?: readonly UpdatableField[];
}

/** A part of a source rule that no rule of ours can say: the rule is not imported, for it would be wider without. */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
  return 'refused' in value;
}
