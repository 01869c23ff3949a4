import type { Synthesized } from '../synthesized.ts';

/** What the template has to bring about. `check` throws where it does not. */
export interface Demand {
  readonly sentence: string;
  readonly check: (stack: Synthesized) => void;
}
