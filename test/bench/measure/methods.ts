import type { BuildMatcher } from '../peers/matcher.ts';
import { PEERS } from '../peers/peers.ts';
import {
  buildCandidates,
  buildDecide,
  buildProductMatching,
  CANDIDATES,
  DECIDE,
  MATCHING,
} from './product.ts';

/** JSON.parse alone: nothing that reads a finding can be faster. */
export const BOUND = 'JSON.parse';

export const METHODS: Readonly<Record<string, BuildMatcher>> = {
  [BOUND]: () => () => [],
  [DECIDE]: buildDecide,
  [MATCHING]: buildProductMatching,
  [CANDIDATES]: buildCandidates,
  ...PEERS,
};

/** Steps of the product that answer no question by themselves. */
const PARTS: readonly string[] = [CANDIDATES];

/** What answers the question, and stands in the tables beside the bound. */
export const COMPARED = Object.keys(METHODS).filter((name) => !PARTS.includes(name));

/** Peers, and the product's own matching, whose verdicts have to be those of the product's decisions. */
export const JUDGED = COMPARED.filter((name) => name !== BOUND && name !== DECIDE);
