import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTexts } from '../../lib/cli/write-texts.ts';
import type { Import } from '../../lib/import/import-rules.ts';
import { findTestFiles } from '../../lib/rule-tests/find-test-files.ts';
import { runRulesFolder } from '../../lib/rule-tests/run-rules-folder.ts';

/** What is wrong with the files of an import once they are written: rules that do not load, cases that do not pass. */
export async function brokenTests({ files }: Import): Promise<readonly string[]> {
  if (files.size === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'imported-'));
  try {
    writeTexts(folder, files);
    const { files: tests } = findTestFiles(folder, []);
    const { report } = await runRulesFolder(folder, tests, {
      coverage: false,
      mutate: false,
      exceptionFiles: [],
    });
    return [
      ...report.diagnostics.map(({ code, message }) => `${code} ${message}`),
      ...report.rules.flatMap(({ cases }) =>
        cases.filter(({ outcome }) => outcome !== 'passed').map(({ rule, name }) => `${rule}: ${name}`),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
