import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCEPTED_CONTROLS, controlId } from './findings.ts';

const SUPPRESS = { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } };
const LASTING = { owner: '@acme/secops', mode: 'enforce', expires: '2099-01-01', priority: 10 };

/** What a team has agreed on: a fifth of the controls is out of scope. */
export function writeAgreedRules(parentDir: string): string {
  const value = Array.from({ length: ACCEPTED_CONTROLS }, (_, n) => controlId(n));
  const conditions = {
    all: [
      { fact: 'Compliance.SecurityControlId', operator: 'in', value },
      { fact: 'Severity.Label', operator: 'equal', value: 'MEDIUM' },
    ],
  };
  return write(parentDir, { ...LASTING, name: 'suppress-accepted-controls', conditions, event: SUPPRESS });
}

/** The mistake: a rule that holds of everything that is active. */
export function writeRuinousRule(parentDir: string): string {
  const conditions = { all: [{ fact: 'RecordState', operator: 'equal', value: 'ACTIVE' }] };
  const name = 'suppress-everything';
  return write(parentDir, { ...LASTING, name, allowCritical: true, conditions, event: SUPPRESS });
}

function write(
  parentDir: string,
  rule: { readonly name: string } & Readonly<Record<string, unknown>>,
): string {
  const rulesDir = join(parentDir, rule.name);
  mkdirSync(join(rulesDir, 'controls'), { recursive: true });
  writeFileSync(join(rulesDir, `controls/${rule.name}.json`), JSON.stringify(rule));
  writeFileSync(join(rulesDir, 'triage.config.json'), '{}');
  return rulesDir;
}
