import type { Finding } from '../findings/finding.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import { currentValue, userDefinedFieldsOf } from './field.ts';
import { keysOf, readInstance } from './instance.ts';

/** What our mark on a finding says of who decided it. */
export interface NamesInMark {
  /** Rules by name, in winning order; none where the names are left to the log. */
  readonly rules: readonly string[];
  /** The finding is suppressed, and the mark says that we did it. */
  readonly suppresses: boolean;
}

const NOTHING: NamesInMark = { rules: [], suppresses: false };

/** What a rule can be called (lib/rules/schemas/rule-schema.ts): marks can be written by others. */
const RULE_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/;

/** Reads the names beside a mark of ours, or of an instance we succeed. */
export function namesInMark(finding: Finding, config: TriageConfig): NamesInMark {
  const { marked, mark } = readInstance(finding, config);
  if (!marked) return NOTHING;
  const fields = userDefinedFieldsOf(finding);
  const texts = [config.prefix, ...config.succeeds].map((prefix) => fields.get(keysOf(prefix).rules) ?? '');
  const names = texts.flatMap((text) => text.split('|')).filter((name) => RULE_NAME.test(name));
  return {
    rules: [...new Set(names)],
    suppresses:
      mark.entries.get('Workflow') === 'SUPPRESSED' && currentValue(finding, 'Workflow') === 'SUPPRESSED',
  };
}
