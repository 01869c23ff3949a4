import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import { identityOf } from '../findings/input-items.ts';
import { nearest } from '../findings/nearest.ts';
import { readEvent } from '../findings/read-event.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import { readInput } from '../local/run/input.ts';
import { escapeText } from '../rules/escape-text.ts';
import { sampleFiles } from './sample-findings.ts';
import { UsageError } from './usage-error.ts';

const IMPORTED: TriageEvent = { detailType: 'Security Hub Findings - Imported' };

/** A path that exists, or the name of a sample. */
function fileOf(name: string, rulesDir: string): string {
  if (existsSync(name)) return name;
  const sample = join(rulesDir, 'samples', `${name}.json`);
  if (/^[A-Za-z0-9._-]+$/.test(name) && existsSync(sample)) return sample;
  const names = sampleFiles(rulesDir).map((file) => file.replace(/^.*[/\\]|\.json$/g, ''));
  const [meant] = nearest(name, names);
  const hint =
    meant === undefined ? `Samples stand in ${join(rulesDir, 'samples')}.` : `Did you mean ${meant}?`;
  throw new UsageError(`${escapeText(name)} is neither a file nor the name of a sample. ${hint}`);
}

/** Reads the one finding of a file, or of a sample by its name, with the event it came in; else a UsageError. */
export function readOneFinding(
  name: string,
  rulesDir: string,
): { readonly file: string; readonly finding: Finding; readonly event: TriageEvent } {
  const file = fileOf(name, rulesDir);
  const items = readInput([file]);
  const findings = items.flatMap(({ findings }) => findings);
  if (findings.length !== 1) {
    const found = findings.length === 0 ? 'no finding' : `${findings.length} findings`;
    throw new UsageError(`${file} holds ${found}; one is needed. Save that one to a file of its own.`);
  }
  const finding = findings[0];
  if (identityOf(finding) === undefined)
    throw new UsageError(`The finding in ${file} has no Id or no ProductArn, so no update could name it.`);
  const envelope = items.find((item) => item.event !== undefined)?.event;
  const reading = envelope === undefined ? undefined : readEvent(JSON.stringify(envelope));
  return {
    file,
    finding: finding as Finding,
    event: reading?.kind === 'findings' ? reading.event : IMPORTED,
  };
}
