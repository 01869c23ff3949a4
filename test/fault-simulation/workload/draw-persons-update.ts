import type { Random } from '../random.ts';
import { CANARY } from './population.ts';

/** What a person, or another tool, sets on a finding: members of a BatchUpdateFindings request. */
export function drawPersonsUpdate(random: Random, by: 'analyst' | 'tool'): Readonly<Record<string, unknown>> {
  if (by === 'tool') {
    const mark = JSON.stringify({ v: 1, Workflow: 'NOTIFIED' });
    return random.pick([
      { UserDefinedFields: { ticket: `T-${random.int(1, 9)}` } },
      { UserDefinedFields: { team: 'owned-by-a-tool' }, Severity: { Label: 'MEDIUM' } },
      { UserDefinedFields: { otherSet: mark } },
    ]);
  }
  return random.pick([
    { Workflow: { Status: random.pick(['SUPPRESSED', 'NOTIFIED', 'RESOLVED', 'NEW']) } },
    { Workflow: { Status: 'NEW' } },
    { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: `By hand ${CANARY}`, UpdatedBy: 'analyst' } },
    { Severity: { Label: random.pick(['INFORMATIONAL', 'LOW', 'HIGH', 'CRITICAL']) } },
    { Note: { Text: `Looked at ${random.int(1, 9)} ${CANARY}`, UpdatedBy: 'analyst' } },
    { UserDefinedFields: { team: `${random.pick(['blue', 'red'])} ${CANARY}` } },
    { VerificationState: random.pick(['BENIGN_POSITIVE', 'FALSE_POSITIVE', 'TRUE_POSITIVE']) },
    { UserDefinedFields: { triageHold: random.pick(['on', 'off']) } },
    { Confidence: random.int(1, 100), Criticality: random.int(1, 100) },
    { Types: ['Effects/Data Exposure'] },
  ]);
}
