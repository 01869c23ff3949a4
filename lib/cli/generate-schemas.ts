import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaTexts } from '../rules/schemas/schema-texts.ts';

for (const [name, text] of schemaTexts())
  writeFileSync(join(import.meta.dirname, '..', '..', 'rules', name), text);
