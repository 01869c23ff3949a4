import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The sample findings that come with a rules folder, in order of name; none where it has no samples. */
export function sampleFiles(rulesDir: string): readonly string[] {
  try {
    return readdirSync(join(rulesDir, 'samples'))
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(rulesDir, 'samples', name));
  } catch {
    return [];
  }
}
