import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../lib/findings/finding.ts';
import { identityOf } from '../../lib/findings/input-items.ts';
import { readInput } from '../../lib/local/run/input.ts';
import { readSamples } from '../rules-content/content.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** The samples, and findings from the field where there are some, as Security Hub holds them when no product of ours is about. */
export function comparedFindings(): readonly Finding[] {
  const files = existsSync(CORPUS)
    ? readdirSync(CORPUS)
        .filter((name) => name.endsWith('.ndjson'))
        .sort()
        .map((name) => join(CORPUS, name))
    : [];
  const found = files.length === 0 ? [] : readInput(files).flatMap(({ findings }) => findings);
  return [...readSamples().values(), ...found]
    .filter((finding): finding is Finding => identityOf(finding) !== undefined)
    .map(asHeld);
}

/** Security Hub fills the record state in, and nothing carries our marks. */
function asHeld(finding: Finding): Finding {
  const { UserDefinedFields, ...rest } = finding;
  const kept = Object.entries((UserDefinedFields ?? {}) as Record<string, unknown>).filter(
    ([key]) => !key.startsWith('triage'),
  );
  return {
    ...rest,
    RecordState: finding.RecordState ?? 'ACTIVE',
    ...(kept.length > 0 && { UserDefinedFields: Object.fromEntries(kept) }),
  } as Finding;
}
