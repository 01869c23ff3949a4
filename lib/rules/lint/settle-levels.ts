import { isObject } from '../condition-sites.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { lastInstantOf } from '../engine/last-day.ts';
import { disablesOf } from './dated-places.ts';
import { CONFIGURABLE_CODES, type Level, LINT_LEVELS, type LintCode } from './levels.ts';
import type { LintContext } from './lint-context.ts';

/**
 * Gives each diagnostic of lint the level that applies: its rule's own exception takes it out, then the configuration
 * speaks, then the default. A check's own `warning` is never raised: it says of itself that it may be wrong, or that
 * the rule only observes. An exception that takes nothing out is an error: it would hide the next mistake.
 *
 * @param furtherCodes those of the checks that were run beside lint's own.
 */
export function settleLevels(
  diagnostics: readonly Diagnostic[],
  { rules, files, now }: LintContext,
  furtherCodes: readonly string[] = [],
): readonly Diagnostic[] {
  const levels = configuredLevels(files);
  const exceptions = rules.flatMap(({ file }) =>
    disablesOf(file.value).map((item, i) => ({
      source: file.source,
      code: item.code,
      path: ['disable', i, 'code'],
      ended: typeof item.until !== 'string' || now > lastInstantOf(item.until),
      used: false,
    })),
  );
  const settled = diagnostics.flatMap((diagnostic): readonly Diagnostic[] => {
    const code = diagnostic.code as LintCode;
    const level = levels[code] ?? LINT_LEVELS[code];
    const exception = exceptions.find((item) => item.code === code && item.source.file === diagnostic.file);
    if (exception !== undefined && !exception.ended) {
      exception.used = true;
      return [];
    }
    if (level === 'off') return [];
    return [{ ...diagnostic, severity: diagnostic.severity === 'warning' ? 'warning' : level }];
  });
  const unused = exceptions
    .filter(({ used, ended, code }) => !used && !ended && isAlwaysRun(code, furtherCodes))
    .map(({ source, code, path }) =>
      diagnose(
        source,
        { path },
        'TR404',
        `Nothing here needs the exception from ${quote(code)}.`,
        'Delete it: it would hide the next mistake.',
      ),
    );
  return [...settled, ...unused];
}

/** Whether a check that found nothing shows that an exception from it is not needed. */
function isAlwaysRun(code: unknown, furtherCodes: readonly string[]): boolean {
  // Against another base they would find something again, or nothing any more.
  if (code === 'TR210' || code === 'TR211' || code === 'TR212') return false;
  return code !== 'TR303' || furtherCodes.includes(code);
}

function configuredLevels(files: LintContext['files']): Readonly<Partial<Record<LintCode, Level>>> {
  const config = files.find(({ kind }) => kind === 'config')?.value;
  const lint = isObject(config) ? config.lint : undefined;
  const levels = isObject(lint) ? lint.levels : undefined;
  if (!isObject(levels)) return {};
  const known = CONFIGURABLE_CODES.filter((code) =>
    ['off', 'warning', 'error'].includes(String(levels[code])),
  );
  return Object.fromEntries(known.map((code) => [code, levels[code] as Level]));
}
