import { SCHEMA_FILES } from './schema-files.ts';

/** The texts of `rules/*.schema.json` by file name: editors read them, so they are written out of the code. */
export function schemaTexts(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SCHEMA_FILES).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}
