import type { SweepProgress } from '../../lambdas/sweep/progress.ts';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import type { SweepExecution } from './sweep-machine.ts';

/** How far a sweep is, in lines for people. `nowMs` is milliseconds since 1970. */
export function describeSweep(execution: SweepExecution, nowMs: number): readonly string[] {
  const { status, startedMs, stoppedMs, progress, error } = execution;
  const lines = [`Sweep of ${instant(startedMs)}: ${statusText(execution, nowMs)}`];
  if (progress !== null) {
    const { read, marked, sent, newlySuppressed, unsayable, pass, dryRun } = progress;
    const verb = dryRun ? 'would be sent' : 'sent to triage';
    lines.push(
      `  ${counted(read, 'finding')} read, ${marked} of them with our mark, ${sent} ${verb}, ${newlySuppressed} of these newly suppressed`,
    );
    if (pass > 1 && !progress.done) lines.push(`  pass ${pass}: it looks whether what was sent took effect`);
    lines.push(...leftToTheNext(progress));
    if (unsayable > 0)
      lines.push(
        `  ${counted(unsayable, 'finding')} left: their marks or maps would be too large for the API`,
      );
    if (progress.done && progress.sentThisPass > 0 && !dryRun && status === 'SUCCEEDED')
      lines.push(
        `  ${counted(progress.sentThisPass, 'finding')} still not as the rules say after ${pass} passes: they are held up in the queue, observed, or refused`,
      );
    const waitMs = waitLeft(execution, nowMs);
    if (waitMs > 0) lines.push(`  it goes on in ${duration(waitMs)}${waitReason(execution)}`);
  } else if (status === 'SUCCEEDED') {
    lines.push('  another sweep was running, so this one left the field to it');
  }
  if (error !== null) lines.push(`  ${escapeText(error)}`);
  if (stoppedMs !== null && status !== 'SUCCEEDED') lines.push('  triage sweep resume goes on from here');
  return lines;
}

/** Until a further pass has come by all of them, what the one before left. */
function leftToTheNext({ done, deferred, deferredBefore }: SweepProgress): readonly string[] {
  const left = done ? deferred : Math.max(deferred, deferredBefore);
  if (left === 0) return [];
  return [
    `  ${counted(left, 'finding')} not suppressed yet, to keep within triage:suppressionsPerHour: the next sweep goes on with them`,
  ];
}

function statusText({ status, startedMs, stoppedMs }: SweepExecution, nowMs: number): string {
  const time = duration((stoppedMs ?? nowMs) - startedMs);
  switch (status) {
    case 'RUNNING':
    case 'PENDING_REDRIVE':
      return `running for ${time}`;
    case 'SUCCEEDED':
      return `done in ${time}`;
    case 'ABORTED':
      return `stopped after ${time}`;
    case 'FAILED':
    case 'TIMED_OUT':
      return `failed after ${time}`;
    default:
      return status satisfies never;
  }
}

function waitLeft({ status, progress, progressMs }: SweepExecution, nowMs: number): number {
  if (status !== 'RUNNING' || progress === null || progressMs === null) return 0;
  return progressMs + progress.waitSeconds * 1000 - nowMs;
}

function waitReason({ progress }: SweepExecution): string {
  if (progress === null) return '';
  return progress.sentThisPass === 0 && progress.pass > 1 ? ', when triage is done with what was sent' : '';
}

function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days ${hours % 24} h`;
}
