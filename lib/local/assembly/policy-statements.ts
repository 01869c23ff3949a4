import type { Statement } from '../iam/evaluate.ts';
import { statementsOf } from '../iam/policy-document.ts';
import { AssemblyError } from './assembly-error.ts';

/** The statements of a resolved policy document; a document IAM would refuse throws, naming the logical id. */
export function policyStatements(logicalId: string, document: unknown): readonly Statement[] {
  try {
    return statementsOf(document);
  } catch (cause) {
    throw new AssemblyError(`${logicalId}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
