import type { BuildMatcher } from '../peers/matcher.ts';
import { PEERS } from '../peers/peers.ts';
import { buildDecide, buildProductMatching, DECIDE, MATCHING } from './product.ts';

/** JSON.parse alone: nothing that reads a finding can be faster. */
export const BOUND = 'JSON.parse';

export const METHODS: Readonly<Record<string, BuildMatcher>> = {
  [BOUND]: () => () => [],
  [DECIDE]: buildDecide,
  [MATCHING]: buildProductMatching,
  ...PEERS,
};

/** Peers, and the product's own matching, whose verdicts have to be those of the product's decisions. */
export const JUDGED = Object.keys(METHODS).filter((name) => name !== BOUND && name !== DECIDE);
