import { Command } from 'commander';
import { deriveEventPattern } from '../infrastructure/event-pattern/derive-pattern.ts';
import { explainPattern } from '../infrastructure/event-pattern/explain-pattern.ts';
import { patternMarkdown } from '../infrastructure/event-pattern/pattern-markdown.ts';
import { findingsStatements } from '../infrastructure/permissions/findings-access.ts';
import { comparePermissions } from '../rules/permissions/compare-permissions.ts';
import type { PermissionsReport } from '../rules/permissions/permissions-report.ts';
import {
  PERMISSION_FORMATS,
  PERMISSION_REPORTERS,
  type PermissionFormat,
} from '../rules/permissions/reporters/reporters.ts';
import { writePermissionsOf } from '../rules/permissions/write-permissions.ts';
import { narratorFor, surfaceFor } from './global-options.ts';
import { failInJson } from './json-failure.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { readBase } from './read-base.ts';
import { printedFormat, type ReportChoice, reportOptions, writeReports } from './report-options.ts';

interface PermissionsOptions extends ReportChoice<PermissionFormat> {
  readonly rules: string;
  readonly base?: string;
  readonly events?: boolean;
}

const EXAMPLES = `
Examples:
  triage permissions                              every field and value, and the rules that need it
  triage permissions --base origin/main           what your changes let the function write, more or less
  triage permissions --events                     also which findings reach it, and by which rule
  triage permissions -f json | jq .statements     the policy's statements on Security Hub`;

/** Filled in when the stack is deployed. */
const HUB_ARN = 'arn:<partition>:securityhub:<region>:<account>:hub/default';

/** `triage permissions`: what the deployed function may write, and which rule needs it. */
export function permissionsCommand(): Command {
  const [format, report] = reportOptions(PERMISSION_FORMATS);
  return new Command('permissions')
    .description('tell what the deployed function may write, and which rule needs it')
    .option('--base <ref>', 'also say what is more or less than with the rules of this git revision')
    .option('--events', 'also tell which events reach the function, and for which rule')
    .addOption(rulesOption())
    .addOption(format)
    .addOption(report)
    .addHelpText('after', EXAMPLES)
    .action(permissions);
}

async function permissions(options: PermissionsOptions, command: Command): Promise<void> {
  const report = await failInJson(printedFormat(options), () => reportOn(options, command));
  writeReports(
    options,
    {
      text: (format, surface) => PERMISSION_REPORTERS[format](report, surface),
      summary: () => PERMISSION_REPORTERS.markdown(report),
    },
    surfaceFor(command),
  );
}

async function reportOn(
  { rules, base: ref, events }: PermissionsOptions,
  command: Command,
): Promise<PermissionsReport> {
  const { time } = narratorFor(command);
  const ruleset = await time('loading the rules', () =>
    loadRulesForUse(rules, surfaceFor(command, 'stderr')),
  );
  const allowed = writePermissionsOf(ruleset);
  const earlier =
    ref === undefined ? null : await time(`reading the rules of ${ref}`, () => readBase(ref, rules));
  const explanation = explainPattern(ruleset, deriveEventPattern(ruleset));
  return {
    ruleset: ruleset.version,
    permissions: allowed,
    base:
      ref === undefined || !earlier?.ruleset
        ? null
        : { ref, changes: comparePermissions(writePermissionsOf(earlier.ruleset), allowed) },
    statements: findingsStatements(allowed, { mode: 'enforce', hubArn: HUB_ARN }),
    events: explanation,
    eventsText: events ? patternMarkdown(explanation) : null,
  };
}
