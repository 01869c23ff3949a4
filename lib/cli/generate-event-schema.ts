import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_TRIAGED_SCHEMA } from '../triage/finding-triaged-schema.ts';

/** Where whoever listens to the decision bus finds the schema of its events, from the root of the app. */
export const EVENT_SCHEMA_FILE = 'docs/finding-triaged.schema.json';

/** The text of that file. */
export function generateEventSchema(): string {
  return `${JSON.stringify(FINDING_TRIAGED_SCHEMA, null, 2)}\n`;
}

if (import.meta.main)
  writeFileSync(join(import.meta.dirname, '..', '..', EVENT_SCHEMA_FILE), generateEventSchema());
