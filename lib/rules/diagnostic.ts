import type { Edit } from 'jsonc-parser';
import type { JsonPath, Source, SourceRange } from './source.ts';

/** What each code is called. A code names one mistake for good: it is never given to another one. */
export const DIAGNOSTIC_NAMES = {
  TR001: 'json-syntax',
  TR002: 'duplicate-key',
  TR003: 'schema',
  TR004: 'hostile-key',
  TR005: 'file',
  TR006: 'format-version',
  TR101: 'unknown-fact',
  TR102: 'unknown-operator',
  TR103: 'operand-type',
  TR104: 'sibling-groups',
  TR105: 'empty-group',
  TR106: 'negation-on-optional',
  TR107: 'contradiction',
  TR108: 'always-true',
  TR109: 'shadowed',
  TR110: 'bad-enum',
  TR111: 'regex',
  TR112: 'fact-type',
  TR113: 'unknown-condition',
  TR114: 'condition-cycle',
  TR115: 'template',
  TR116: 'reserved-key',
  TR117: 'overwrite-read',
  TR118: 'action-feedback',
  TR119: 'duplicate-name',
  TR120: 'no-rules',
  TR121: 'duplicate-exception',
  TR201: 'too-broad',
  TR202: 'expiry-missing',
  TR203: 'expired',
  TR204: 'expires-soon',
  TR205: 'critical-suppression',
  TR206: 'ambiguous-priority',
  TR207: 'pointless-update',
  TR208: 'reads-rule-output',
  TR209: 'batch-of-one',
  TR210: 'withdraws',
  TR211: 'withdrawing-field-dropped',
  TR212: 'widens-permissions',
  TR301: 'untested',
  TR302: 'match-and-near-miss',
  TR303: 'unproven-condition',
  TR304: 'real-identifiers',
  TR305: 'test-reference',
  TR401: 'file-name',
  TR402: 'kebab-case',
  TR403: 'key-order',
  TR404: 'unused-disable',
  TR405: 'format-unsaid',
} as const;
export type DiagnosticCode = keyof typeof DIAGNOSTIC_NAMES;

/** Changes to one file's text that mend one mistake and touch nothing else. Offsets count UTF-16 units. */
export type Fix = readonly Edit[];

/** One mistake in one file: what is wrong, in the author's words, and what to do about it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly name: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly help?: string;
  /** Absolute path. */
  readonly file: string;
  readonly range: SourceRange;
  /** What `triage lint --fix` changes, where that is safe. */
  readonly fix?: Fix;
}

/** Makes the diagnostic of a mistake at a place in a source; `part` tells a member's name from its value. */
export function diagnose(
  source: Source,
  at: { readonly path: JsonPath; readonly part?: 'key' | 'value' },
  code: DiagnosticCode,
  message: string,
  help?: string,
): Diagnostic {
  return {
    code,
    name: DIAGNOSTIC_NAMES[code],
    severity: 'error',
    message,
    ...(help === undefined ? {} : { help }),
    file: source.file,
    range: source.locate(at.path, at.part ?? 'value'),
  };
}

/** Writes a value as an author would recognise it in the file, cut where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** `Did you mean "a" or "b"?`, or undefined when there is nothing to suggest. */
export function didYouMean(suggestions: readonly string[]): string | undefined {
  if (suggestions.length === 0) return undefined;
  return `Did you mean ${suggestions.map((text) => quote(text)).join(' or ')}?`;
}
