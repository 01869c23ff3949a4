import { BROKEN_CONDITIONS } from './conditions.ts';
import { DANGEROUS_RULES } from './safety.ts';
import { UNPROVEN_RULES } from './style.ts';
import { BROKEN_TEXTS } from './texts.ts';

/** One way to be wrong each: slips of the pen, traps of the engine, and what is only dangerous. */
export const BROKEN_RULES = [...BROKEN_TEXTS, ...BROKEN_CONDITIONS, ...DANGEROUS_RULES, ...UNPROVEN_RULES];
