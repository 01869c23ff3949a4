import type { Properties } from './property-values.ts';

/** One resource with every reference resolved. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
  /** What `Ref` and `Fn::GetAtt` say of it elsewhere. */
  readonly ref: string;
  readonly attribute: (name: string) => string;
  readonly assets: ReadonlyMap<string, string>;
}

/** A reader's refusal that leaves the rest of the account intact. */
export interface Ignored {
  readonly ignored: string;
}
