import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { App } from 'aws-cdk-lib';
import type { SecurityHubTriageProps } from '../../lib/infrastructure/triage-construct.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { type LocalAccount, type LocalAccountOptions, startLocalAccount } from '../../lib/local/account.ts';
import type { AlarmState } from '../../lib/local/cloudwatch/evaluate-alarm.ts';
import { RUNBOOK_URL } from '../infrastructure/runbook-url.ts';
import { temporaryDir } from '../infrastructure/temporary-dir.ts';

/**
 * The stack with these settings, synthesized and acted out; a minute of waiting takes some 60 ms unless a time scale is given.
 *
 * @param change what somebody did to the stack that its own code would not
 */
export async function deploy(
  props: SecurityHubTriageProps,
  change: (stack: TriageStack) => void = () => {},
  timeScale?: number,
): Promise<LocalAccount> {
  return await actOut(synthesizeStack(props, change), { ...(timeScale !== undefined && { timeScale }) });
}

/** The folder of the stack with these settings. */
export function synthesizeStack(
  props: SecurityHubTriageProps,
  change: (stack: TriageStack) => void = () => {},
): string {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = temporaryDir();
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  change(new TriageStack(app, 'SecurityHubTriage', { runbookUrl: RUNBOOK_URL, ...props }));
  app.synth();
  return assemblyDir;
}

/** An account of its own for what was synthesized. */
export async function actOut(
  assemblyDir: string,
  options: Omit<LocalAccountOptions, 'assemblyDir'> = {},
): Promise<LocalAccount> {
  return await startLocalAccount({ timeScale: 0.001, ...options, assemblyDir });
}

/** The state of the alarm with this title. */
export function stateOf({ cloudWatch }: LocalAccount, title: string): AlarmState | undefined {
  const name = [...cloudWatch.states().keys()].find((candidate) => candidate.endsWith(` ${title}`));
  return cloudWatch.states().get(name ?? '');
}

/** Waits until the alarm is in this state; throws past a minute of real time. */
export async function reaches(account: LocalAccount, title: string, state: AlarmState): Promise<void> {
  await until(() => stateOf(account, title) === state, `${title} becomes ${state}`);
}

/** Waits until so many minutes of the account have passed. */
export async function passMinutes(account: LocalAccount, minutes: number): Promise<void> {
  const endMs = account.now() + minutes * 60_000;
  await until(() => account.now() >= endMs, `${minutes} minutes pass`);
}

/** Waits for something; throws past a minute of real time. */
export async function until(happened: () => boolean, what: string): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!happened()) {
    if (performance.now() > deadlineMs) throw new Error(`Waited a minute in vain until ${what}.`);
    await sleep(5);
  }
}
