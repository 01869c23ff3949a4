import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTestFiles } from '../../lib/rule-tests/find-test-files.ts';
import { runRulesFolder } from '../../lib/rule-tests/run-rules-folder.ts';
import { checkUnprovenConditions } from '../../lib/rule-tests/unproven-conditions.ts';
import type { Diagnostic } from '../../lib/rules/diagnostic.ts';
import { formatDiagnostics } from '../../lib/rules/format-diagnostics.ts';
import { baseRulesOf } from '../../lib/rules/lint/base-rules.ts';
import { lintRules } from '../../lib/rules/lint/lint-rules.ts';
import { loadRules } from '../../lib/rules/load.ts';
import { NOW } from '../rules/lint/lint-folder.ts';
import { CONTEXT } from '../rules/rules-folder.ts';
import type { MessageFolder } from './message-folders.ts';

/** What is said of a folder under one code. */
export interface Said {
  readonly severity: Diagnostic['severity'];
  /** Whether it is said before a deployment as well. */
  readonly stopsDeployment: boolean;
  /** The first of its messages as `triage lint` prints it. */
  readonly text: string;
}

/** Lints the folder, and runs its tests, as the commands do; null where nothing is said under its code. */
export async function saidIn({ code, files, before }: MessageFolder): Promise<Said | null> {
  const cwd = mkdtempSync(join(tmpdir(), 'message-'));
  try {
    const rules = write(join(cwd, 'rules'), files);
    const base =
      before === undefined ? null : baseRulesOf('main', loadRules(write(join(cwd, 'before'), before)));
    const linted = await lintRules(rules, NOW, {
      ...(base && { base }),
      furtherChecks: { TR303: checkUnprovenConditions },
    });
    const tests = findTestFiles(rules, []).files;
    const { report, sources } = await runRulesFolder(rules, tests, { coverage: false, mutate: false });
    const said = [...linted.diagnostics, ...report.diagnostics].filter((one) => one.code === code);
    const [first] = said;
    if (first === undefined) return null;
    const options = { format: 'pretty', cwd, sources: new Map([...sources, ...linted.sources]) } as const;
    const [text = ''] = formatDiagnostics([first], options).split(/\n\n(?=[^\n]*$)/);
    const stopsDeployment = loadRules(rules).diagnostics.some((one) => one.code === code);
    return { severity: first.severity, stopsDeployment, text };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function write(folder: string, files: MessageFolder['files']): string {
  const context = Object.keys(files).length === 0 ? {} : CONTEXT;
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries({ ...context, ...files })) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}
