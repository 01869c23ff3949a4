import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../../lambdas/triage/clock.ts';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import { loadRules } from '../rules/load.ts';
import { JSON_VERSION } from '../rules/reporters/json.ts';
import { DEFAULT_CONFIG } from '../rules/ruleset.ts';
import { safeJson } from '../rules/safe-json.ts';
import { keysOf } from '../triage/instance.ts';
import { connect } from '../verification/account/connect.ts';
import { NotSeen } from '../verification/bench.ts';
import { QUESTIONS } from '../verification/questions.ts';
import { factsPretty, planText } from '../verification/reporters/texts.ts';
import { type Verified, verifyAccount } from '../verification/verify.ts';
import { checkOutputs } from './check-outputs.ts';
import { narratorFor, surfaceFor } from './global-options.ts';
import { Interrupted, onInterrupt } from './interrupt.ts';
import { failInJson } from './json-failure.ts';
import { rulesOption } from './local-options.ts';
import { ProblemsFound } from './problems-found.ts';
import { readRoleArn } from './role-arn.ts';
import { unconfigured } from './stack-option.ts';
import { tellFailures } from './tell-failure.ts';
import { UsageError } from './usage-error.ts';

interface VerifyOptions {
  readonly apply?: true;
  readonly role?: string;
  readonly events: boolean;
  readonly nativeRule?: true;
  readonly out: string;
  readonly rules: string;
  readonly patience: number;
  readonly linger: number;
  readonly format?: 'pretty' | 'json';
}

const NOTES = `
AWS's documentation leaves some questions open; the product is built to either
answer. This asks them of your account. With --apply it brings in one synthetic
INFORMATIONAL finding, updates it a few dozen times, and archives it. For events
it makes a queue and a rule named triage-verify-…, and takes them away again.
Whether a Deny is heeded is asked as a role, within a policy for that session:
--role names one that may update findings and admits you. --native-rule makes an
automation rule for the one finding, and deletes it. Nothing else in the account
is touched, and no other finding.

The answers go to account-facts.json, with their date. Keep it beside cdk.json:
synthesis reads it, and warns where the role is weaker than it reads.
docs/verify-account.md has the policy for it, and all answers there can be.

Examples:
  triage verify-account                                     what would be asked
  triage verify-account --apply
  triage verify-account --apply --role arn:aws:iam::111122223333:role/Triager`;

/** `triage verify-account`: asks the account what the documentation leaves open; writes one finding of its own. */
export function verifyAccountCommand(): Command {
  return new Command('verify-account')
    .description('ask the account what the documentation leaves open, with a finding made for it')
    .option('--apply', 'do it; without, it is told what would be done')
    .addOption(
      new Option('--role <arn>', 'role that may update findings, to ask whether a Deny is heeded').argParser(
        readRoleArn,
      ),
    )
    .option('--no-events', 'make no queue and no rule')
    .option('--native-rule', 'make an automation rule for the one finding, in an administrator account')
    .option('--out <file>', 'file for the answers', 'account-facts.json')
    .addOption(rulesOption())
    .addOption(
      new Option('--patience <seconds>', 'how long an update or its event may take')
        .default(300)
        .argParser(seconds),
    )
    .addOption(
      new Option('--linger <seconds>', 'how long to wait for an event that may not come')
        .default(60)
        .argParser(seconds),
    )
    .addOption(
      new Option('-f, --format <name>', 'what to print (default: pretty)').choices(['pretty', 'json']),
    )
    .addHelpText('after', NOTES)
    .action(verify);
}

async function verify(options: VerifyOptions, command: Command): Promise<void> {
  const { format = 'pretty', out } = options;
  const surface = surfaceFor(command);
  const { say } = narratorFor(command);
  if (options.apply === undefined) {
    const plan = QUESTIONS.map(({ id, asks, needs }) => ({ id, asks, needs }));
    console.log(
      format === 'json' ? safeJson({ version: JSON_VERSION, ok: true, questions: plan }) : planText(surface),
    );
    say(`${counted(QUESTIONS.length, 'question')}; nothing was asked. --apply asks them.`);
    return;
  }
  const { facts, left, isInterrupted } = await failInJson(format, () => ask(options, command));
  console.log(
    format === 'json'
      ? safeJson({ ...facts, version: JSON_VERSION, ok: left.length === 0, left })
      : factsPretty(facts, surface),
  );
  write(out, `${safeJson(facts)}\n`);
  say(`Written to ${escapeText(out)}.`);
  if (left.length > 0)
    throw new ProblemsFound(`Left behind, for you to take away: ${left.map(escapeText).join('; ')}.`);
  if (isInterrupted) throw new Interrupted();
}

async function ask(
  options: VerifyOptions,
  command: Command,
): Promise<Verified & { readonly isInterrupted: boolean }> {
  const { role = null, events, nativeRule = false, out, rules, patience, linger } = options;
  const { say } = narratorFor(command);
  checkOutputs([{ option: '--out', path: out }], []);
  const connecting = await connect();
  if (connecting.kind === 'unconfigured') throw unconfigured(connecting.why);
  const { connection } = connecting;
  const stop = new AbortController();
  const settle = onInterrupt(() => {
    say('Ending after this question, and cleaning up. Ctrl-C again leaves things behind.');
    stop.abort();
  });
  try {
    const verified = await tellFailures(() =>
      verifyAccount({
        ...{ connection, clock: systemClock, runId: randomUUID(), roleArn: role, withEvents: events },
        withNativeRule: nativeRule,
        hold: keysOf(prefixOf(rules)).hold,
        patienceMs: patience * 1000,
        lingerMs: linger * 1000,
        onQuestion: ({ asks }, at, of) => say(`${at} of ${of}: ${asks}`),
        onOutcome: () => {},
        signal: stop.signal,
      }),
    );
    return { ...verified, isInterrupted: stop.signal.aborted };
  } catch (error) {
    throw error instanceof NotSeen ? new ProblemsFound(error.message) : error;
  } finally {
    settle();
    connection.close();
  }
}

/** The instance whose function is to keep away; the default one where there are no rules that load. */
function prefixOf(rulesDir: string): string {
  return (loadRules(rulesDir).ruleset?.config ?? DEFAULT_CONFIG).prefix;
}

/** In one step, so that a run that is killed leaves the facts of the one before. */
function write(path: string, text: string): void {
  const file = resolve(path);
  try {
    writeFileSync(`${file}.next`, text);
    renameSync(`${file}.next`, file);
  } catch (cause) {
    const { message } = cause as Error;
    throw new UsageError(`${escapeText(path)} cannot be written: ${escapeText(message)}.`, { cause });
  }
}

function seconds(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a whole number of seconds.');
}
