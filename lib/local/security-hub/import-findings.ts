import type { Finding } from '../../findings/finding.ts';
import { importFinding } from './import-finding.ts';
import { findingBreach } from './import-request.ts';
import { isObject } from './json.ts';
import { isTooLarge, keyOf, type StoredFinding } from './stored-finding.ts';

export interface ImportResult {
  readonly body: {
    readonly FailedCount: number;
    readonly SuccessCount: number;
    readonly FailedFindings: readonly {
      readonly Id: string;
      readonly ErrorCode: string;
      readonly ErrorMessage: string;
    }[];
  };
  /** Created or updated; an import that is not newer counts as a success and imports nothing. */
  readonly imported: readonly Finding[];
}

/** BatchImportFindings on the store: each finding is imported or fails by itself. */
export function importFindings(
  findings: Map<string, StoredFinding>,
  incoming: readonly unknown[],
  options: { readonly at: string; readonly region: string },
): ImportResult {
  const failed: { Id: string; ErrorCode: string; ErrorMessage: string }[] = [];
  const imported: Finding[] = [];
  for (const raw of incoming) {
    const breach = findingBreach(raw);
    if (breach !== undefined || !isFinding(raw)) {
      failed.push(
        failure(raw, 'InvalidInput', `Finding does not adhere to Amazon Finding Format. ${breach}.`),
      );
      continue;
    }
    const finding = withoutNulls(raw);
    const key = keyOf(finding);
    const stored = importFinding(findings.get(key), finding, options);
    if (isTooLarge(stored?.finding ?? finding)) {
      failed.push(failure(raw, 'FindingSizeExceeded', 'Finding size exceeded 240 KB'));
    } else if (stored !== undefined) {
      findings.set(key, stored);
      imported.push(stored.finding);
    }
  }
  return {
    body: {
      FailedCount: failed.length,
      SuccessCount: incoming.length - failed.length,
      FailedFindings: failed,
    },
    imported,
  };
}

function isFinding(raw: unknown): raw is Finding {
  return isObject(raw) && typeof raw.Id === 'string' && typeof raw.ProductArn === 'string';
}

/** Null is how JSON clients leave a member out. */
function withoutNulls({ Id, ProductArn, ...members }: Finding): Finding {
  const present = Object.entries(members).filter(([, value]) => value !== null);
  return { Id, ProductArn, ...Object.fromEntries(present) };
}

function failure(
  raw: unknown,
  code: string,
  message: string,
): { Id: string; ErrorCode: string; ErrorMessage: string } {
  return { Id: isObject(raw) ? String(raw.Id) : '', ErrorCode: code, ErrorMessage: message };
}
