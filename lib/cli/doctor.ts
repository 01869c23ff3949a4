import { Command, Option } from 'commander';
import { connect } from '../doctor/account/connect.ts';
import { countStandings, type Examination } from '../doctor/examination.ts';
import { examine, type SoundRules } from '../doctor/examine.ts';
import { DOCTOR_FORMATS, DOCTOR_REPORTERS, type DoctorFormat } from '../doctor/reporters/reporters.ts';
import { DEFAULT_PAGES } from '../doctor/suppressed/count-suppressed.ts';
import { connect as connectFindings } from '../export/finding-source.ts';
import { escapeText } from '../rules/escape-text.ts';
import { loadRules } from '../rules/load.ts';
import { narratorFor, progressFor, surfaceFor } from './global-options.ts';
import { failInJson } from './json-failure.ts';
import { rulesOption } from './local-options.ts';
import { ProblemsFound } from './problems-found.ts';
import { stackOption, unconfigured } from './stack-option.ts';
import { UsageError } from './usage-error.ts';

interface DoctorOptions {
  readonly rules: string;
  readonly stack: string;
  readonly all?: true;
  readonly format?: DoctorFormat;
}

const NOTES = `
Looks at whether this is the account and Region to deploy in, which Security Hub
is enabled, what else writes findings, who suppressed those that are suppressed,
who else listens for them, and whether the bus on which the stack tells its
decisions is there. It changes nothing. What you may not look at is
told, and the rest is looked at; docs/first-day.md has the policy for all of it.

Of suppressed findings it reads the first ${DEFAULT_PAGES} pages of a hundred, three a second
at most; --all reads them all.

Account, Region and endpoints are those of the AWS SDK: AWS_PROFILE or
credentials, AWS_REGION, AWS_ENDPOINT_URL_….

Exit: 0 where nothing is wrong, 1 where something is, 2 where nothing could be
looked at.

Examples:
  triage doctor
  triage doctor --all -f json
  triage doctor --stack Triage-Prod --rules ../rules`;

/** `triage doctor`: whether this account and Region are right for the product, and what else acts there; read-only. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at the account: the right one, the right Region, what else writes here; read-only')
    .addOption(stackOption())
    .addOption(rulesOption())
    .option('--all', 'count every suppressed finding, not the first thousand alone')
    .addOption(new Option('-f, --format <name>', 'what to print (default: pretty)').choices(DOCTOR_FORMATS))
    .addHelpText('after', NOTES)
    .action(doctor);
}

async function doctor(options: DoctorOptions, command: Command): Promise<void> {
  const { format = 'pretty' } = options;
  const examination = await failInJson(format, () => examineWith(options, command));
  console.log(DOCTOR_REPORTERS[format](examination, surfaceFor(command)));
  const { wrong, unseen } = countStandings(examination);
  if (unseen === examination.observations.length)
    throw new UsageError('Nothing could be looked at: see what each line asks for.');
  if (wrong > 0) throw new ProblemsFound('');
}

async function examineWith(
  { rules: rulesDir, stack, all }: DoctorOptions,
  command: Command,
): Promise<Examination> {
  const { time } = narratorFor(command);
  const [connecting, findings] = await Promise.all([connect(), connectFindings()]);
  if (connecting.kind === 'unconfigured') throw unconfigured(connecting.why);
  const { connection } = connecting;
  try {
    if (findings.kind === 'unconfigured') throw unconfigured(findings.why);
    const rules = await time('loading the rules', () => rulesIn(rulesDir));
    const progress = progressFor(command, 'suppressed findings');
    const examination = await time('looking', () =>
      examine({
        ...{ connection, source: findings.source, stack, rules },
        mostPages: all ? Number.POSITIVE_INFINITY : DEFAULT_PAGES,
        nowMs: Date.now(),
        onPage: (count) => progress.update(0, count),
      }),
    );
    progress.end();
    return examination;
  } finally {
    connection.close();
    if (findings.kind === 'connected') findings.source.close();
  }
}

/** Rules to compare with; null, and told on stderr, where they cannot be. The account is looked at all the same. */
function rulesIn(rulesDir: string): SoundRules | null {
  const loaded = loadRules(rulesDir);
  const { ruleset } = loaded;
  if (ruleset !== null) return { ...loaded, ruleset };
  const shown = escapeText(rulesDir);
  console.error(
    loaded.diagnostics.every(({ code }) => code === 'TR120')
      ? `There are no rules in ${shown}, so nothing is compared with them. Name a folder with --rules <dir>.`
      : `The rules in ${shown} have errors, so nothing is compared with them: triage lint tells.`,
  );
  return null;
}
