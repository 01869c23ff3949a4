/** What lint does about a finding of its own: nothing, a warning, or an error that fails the run. */
export type Level = 'off' | 'warning' | 'error';

/**
 * The level of each check that lint adds to those that stop a deployment. A deployment's own checks have no level:
 * what cannot be deployed is always an error.
 */
export const LINT_LEVELS = {
  TR106: 'error',
  TR107: 'error',
  TR108: 'warning',
  TR109: 'error',
  TR201: 'error',
  TR202: 'error',
  TR203: 'error',
  TR204: 'warning',
  TR206: 'error',
  TR207: 'warning',
  TR208: 'error',
  TR209: 'warning',
  TR210: 'warning',
  TR211: 'error',
  TR212: 'warning',
  TR301: 'error',
  TR302: 'error',
  TR303: 'error',
  TR304: 'warning',
  TR401: 'error',
  TR402: 'warning',
  TR403: 'warning',
  TR404: 'error',
  TR405: 'warning',
} as const satisfies Record<string, Exclude<Level, 'off'>>;
export type LintCode = keyof typeof LINT_LEVELS;

/** A rule past its end is an error whatever is configured, and so is an exception from lint that excepts nothing. */
const FIXED: readonly LintCode[] = ['TR203', 'TR404'];

/** The checks that `lint.levels` can set and that `disable` can switch off in one rule. */
export const CONFIGURABLE_CODES: readonly LintCode[] = (Object.keys(LINT_LEVELS) as LintCode[]).filter(
  (code) => !FIXED.includes(code),
);
