import type { Finding } from '../../findings/finding.ts';
import type { TriageConfig } from '../../rules/ruleset.ts';
import { userDefinedFieldsOf } from '../../triage/field.ts';
import { looksLikeMark, readMark } from '../../triage/mark.ts';
import { namesInMark } from '../../triage/names-in-mark.ts';
import type { SuppressingNativeRules } from './suppressing-native-rules.ts';

/**
 * Who suppressed a finding, as far as the finding tells:
 * `ours` and `instance` by a mark, of this instance or of another one; `nativeRule` by the note that the rule signs;
 * `person` and `tool` by the name under the note beside; `likelyNativeRule` by nothing but that a native rule would
 * suppress it; `unknown`.
 */
export interface Suppressor {
  readonly kind: (typeof SUPPRESSOR_KINDS)[number];
  /** The instance's prefix, the native rule's name, or the name under the note. */
  readonly name: string;
}

const SUPPRESSOR_KINDS = [
  'ours',
  'instance',
  'nativeRule',
  'likelyNativeRule',
  'person',
  'tool',
  'unknown',
] as const;

/** Of IAM, or a mail address. A role may be a machine's. */
const PERSON = /^arn:[\w-]+:(?:iam|sts)::\d{12}:|^[^\s@]+@[^\s@]+$/;

/** Reads who suppressed a suppressed finding. */
export function suppressorOf(
  finding: Finding,
  config: TriageConfig,
  natives: SuppressingNativeRules,
): Suppressor {
  if (namesInMark(finding, config).suppresses) return { kind: 'ours', name: config.prefix };
  const instance = foreignInstance(finding, config);
  if (instance !== undefined) return { kind: 'instance', name: instance };
  const author = authorOfNote(finding);
  const signed = natives.signing(finding);
  if (signed !== undefined) return { kind: 'nativeRule', name: signed };
  if (author !== undefined) return { kind: PERSON.test(author) ? 'person' : 'tool', name: author };
  const likely = natives.matching(finding);
  return likely === undefined ? { kind: 'unknown', name: '' } : { kind: 'likelyNativeRule', name: likely };
}

/** The prefix of another instance whose mark says that it suppressed the finding. */
function foreignInstance(finding: Finding, { prefix, succeeds }: TriageConfig): string | undefined {
  const own = new Set([prefix, ...succeeds].map((name) => `${name}Set`));
  for (const [key, text] of userDefinedFieldsOf(finding)) {
    if (!key.endsWith('Set') || own.has(key) || !looksLikeMark(text)) continue;
    const reading = readMark(text);
    // A later version's mark may say it in words that this one does not know.
    if (reading.kind === 'unknownVersion' || suppresses(reading)) return key.slice(0, -'Set'.length);
  }
  return undefined;
}

function suppresses(reading: ReturnType<typeof readMark>): boolean {
  return reading.kind === 'mark' && reading.mark.entries.get('Workflow') === 'SUPPRESSED';
}

/** `Note.UpdatedBy`; undefined where there is no note. */
function authorOfNote({ Note }: Finding): string | undefined {
  const author = (Note as { readonly UpdatedBy?: unknown } | null | undefined)?.UpdatedBy;
  return typeof author === 'string' && author !== '' ? author : undefined;
}
