import { buildCel } from './cel.ts';
import { buildJsonLogic } from './json-logic.ts';
import type { BuildMatcher } from './matcher.ts';
import { buildMingo } from './mingo.ts';
import { buildPlainEngine } from './plain-engine.ts';
import { buildSift } from './sift.ts';

/** What the product is compared with, under the names the tables use. */
export const PEERS: Readonly<Record<string, BuildMatcher>> = {
  'json-rules-engine': buildPlainEngine,
  'json-logic-engine': buildJsonLogic,
  mingo: buildMingo,
  sift: buildSift,
  'CEL (cel-js)': buildCel,
};
