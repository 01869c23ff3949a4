import { OF_CALLS } from './of-calls.ts';
import { OF_DECISIONS } from './of-decisions.ts';
import { OF_OUTCOMES } from './of-outcomes.ts';
import type { Sabotage } from './sabotage.ts';

export const SABOTAGES: readonly Sabotage[] = [...OF_OUTCOMES, ...OF_CALLS, ...OF_DECISIONS];
