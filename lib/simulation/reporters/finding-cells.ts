import type { ChangedFinding } from '../simulation-report.ts';
import { shortened } from './shortened.ts';

/** The part of a resource's name that tells it apart: what follows the last `/` or `:` of an ARN. */
export function shownResource(resource: string): string {
  if (!resource.startsWith('arn:')) return resource;
  return resource.slice(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1) || resource;
}

/** `NEW → SUPPRESSED`, and the severity where that is what changes. */
export function transitionOf({ before, after }: ChangedFinding): string {
  const parts = [
    before.workflow === after.workflow ? [] : [before.workflow, after.workflow],
    before.severity === after.severity ? [] : [before.severity, after.severity],
  ].filter((part) => part.length > 0);
  if (parts.length === 0) return `${shortened(after.workflow, 20)}, other fields`;
  return parts.map((part) => part.map((text) => shortened(text, 20)).join(' → ')).join(', ');
}

/** The names of the rules that decide a finding; the first few stand for many. */
export function ruleNames({ rules }: ChangedFinding): string {
  const shown = rules.slice(0, 3).map((rule) => shortened(rule, 120));
  return rules.length > shown.length
    ? `${shown.join(', ')} and ${rules.length - shown.length} more`
    : shown.join(', ');
}
