import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../../../lib/rules/diagnostic.ts';
import { baseRulesOf } from '../../../lib/rules/lint/base-rules.ts';
import { type LintedRules, type LintOptions, lintRules } from '../../../lib/rules/lint/lint-rules.ts';
import { loadRulesFrom } from '../../../lib/rules/load.ts';
import { CONTEXT } from '../rules-folder.ts';

export const NOW = Date.parse('2026-11-22T12:00:00Z');

/** A leaf on a fact, as short as can be. */
export const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

export const GUARDDUTY = leaf('ProductName', 'equal', 'GuardDuty');

/** A rule of the given name with these conditions among `all`. */
export function rule(
  name: string,
  conditions: unknown,
  members: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> & { readonly name: string } {
  return {
    name,
    owner: '@acme/secops',
    priority: 10,
    conditions: Array.isArray(conditions) ? { all: conditions } : conditions,
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
    ...members,
  };
}

/** What makes a rule suppress, up to the given day. */
export const suppressing = (expires = '2027-06-30') => ({
  reasonCode: 'accepted-risk',
  expires,
  event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
});

export const NOT_CRITICAL = leaf('Severity.Label', 'in', ['LOW', 'MEDIUM']);

/** Lints a folder that holds these files beside lists and accounts; texts are written as they are. */
export async function lintFolder(
  files: Readonly<Record<string, unknown>>,
  now = NOW,
  options: LintOptions = {},
): Promise<LintedRules> {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    for (const [path, content] of Object.entries({ ...CONTEXT, ...files })) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, textOf(content));
    }
    return await lintRules(folder, now, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lints files against those of an earlier revision, called `main`; says what one code says, and where. */
export async function lintAgainst(
  code: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const earlier: Readonly<Record<string, unknown>> = { ...CONTEXT, ...before };
  const loaded = loadRulesFrom({
    root: '/earlier/rules',
    list: () => Object.keys(earlier).map((label) => ({ label, isFile: true })),
    read: (label) => textOf(earlier[label]),
  });
  const base = baseRulesOf('main', loaded);
  if (base === null) throw new Error(`The base does not load: ${loaded.diagnostics.map(said).join(' ')}`);
  const { diagnostics } = await lintFolder(after, NOW, { base });
  return diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map((diagnostic) => `${basename(diagnostic.file)}:${said(diagnostic)}`);
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}

/** Lints rules, each in a file of its name with a test that shows enough of it; says what one code says. */
export async function lintFor(
  code: string,
  rules: readonly ReturnType<typeof rule>[],
  files: Readonly<Record<string, unknown>> = {},
  now = NOW,
): Promise<readonly string[]> {
  const own = rules.flatMap((one): readonly (readonly [string, unknown])[] => [
    [`area/${one.name}.json`, one],
    [`area/${one.name}.test.json`, testOf(one.name)],
  ]);
  const { diagnostics } = await lintFolder({ ...Object.fromEntries(own), ...files }, now);
  return diagnostics.filter((diagnostic) => diagnostic.code === code).map(said);
}

export function testOf(name: string, ...matches: readonly boolean[]) {
  const cases = (matches.length === 0 ? [true, false] : matches).map((match, i) => ({
    name: `${i}`,
    finding: 'sample',
    expect: { matches: match },
  }));
  return { rule: name, now: '2026-11-20T00:00:00Z', cases };
}

export function said({ severity, message, help, range }: Diagnostic): string {
  return `${range.start.line}:${range.start.column} ${severity}: ${message} ${help ?? ''}`.trim();
}
