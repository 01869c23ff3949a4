import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_FILES } from '../rules/schemas/schema-files.ts';

/** The texts of `rules/*.schema.json` by file name: editors read them, so they are written out of the code. */
export function generateSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SCHEMA_FILES).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}

if (import.meta.main) {
  for (const [name, text] of generateSchemas()) {
    writeFileSync(join(import.meta.dirname, '..', '..', 'rules', name), text);
  }
}
