import type { ReasonCode, Rule } from '../rule.ts';
import { choice, DAY_PATTERN, type JsonSchema } from './json-schema.ts';

const REASONS: Readonly<Record<ReasonCode, string>> = {
  'false-positive': 'What the finding says is not so.',
  'accepted-risk': 'It is so, and its owner lives with it.',
  'compensating-control': 'It is so, and something else keeps it from doing harm.',
  'planned-fix': 'It is mended by a known day.',
  'out-of-scope': 'The control does not apply here.',
};

const MODES: Readonly<Record<Rule['mode'], string>> = {
  observe: 'Decided, counted and logged, not applied (the default).',
  enforce: 'Applied.',
};

/** The first member of every file: through it, editors find the schema. */
export const SCHEMA_LINK: JsonSchema = {
  type: 'string',
  markdownDescription: 'Where your editor finds the schema of this file; nothing else reads it.',
};

/** Words for the next reader; nothing reads them but people. */
export const REMARK: JsonSchema = { type: 'string', markdownDescription: 'What this file is for.' };

export const DAY: JsonSchema = {
  type: 'string',
  pattern: DAY_PATTERN,
  errorMessage: 'A day is written YYYY-MM-DD.',
};

export const REASON_CODE: JsonSchema = {
  ...choice(REASONS),
  markdownDescription: 'Why it is right to hide these findings, in one word for reports.',
};

export const MODE: JsonSchema = {
  ...choice(MODES),
  markdownDescription: 'Whether it is applied; without it, it observes.',
};

export const PRIORITY: JsonSchema = {
  type: 'integer',
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  markdownDescription:
    'The highest wins. Native automation rules are the opposite: low order first, last wins.',
};
