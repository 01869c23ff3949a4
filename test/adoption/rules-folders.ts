import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMPORTED_RULES, NATIVE } from './native-rules.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [, LOWERING] = IMPORTED_RULES;
const DAY_MS = 86_400_000;
const AREA = 'imported';

/** Folders of rules as a team has them one after the other. */
export interface RulesFolders {
  /** As `triage import` writes them. */
  readonly imported: string;
  /** Later: the rule that lowers severities is removed. */
  readonly later: string;
  /** The last day of the rule that suppresses, in all of them: tomorrow, YYYY-MM-DD. */
  readonly lastDay: string;
}

/** Makes them with the commands that an author would run, and checks what was imported as CI would. */
export function makeRulesFolders(parentDir: string): RulesFolders {
  const lastDay = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  const native = join(parentDir, 'native.json');
  writeFileSync(native, JSON.stringify({ Rules: NATIVE }));
  const make = (name: string): string => {
    const rulesDir = join(parentDir, name);
    const choices = ['--owner', '@acme/secops', '--mode', 'enforce', '--expires', lastDay];
    triage('import', 'automation-rules', native, ...choices, '--rules', rulesDir);
    writeFileSync(join(rulesDir, 'triage.config.json'), '{}');
    return rulesDir;
  };
  const imported = make('as-imported');
  const later = make('later');
  triage('lint', '--rules', imported);
  triage('test', '--rules', imported);
  for (const end of ['.json', '.test.json']) rmSync(join(later, AREA, `${LOWERING}${end}`));
  // The role may go on writing severities, so that what the rule wrote can be taken back.
  writeFileSync(join(later, 'triage.config.json'), JSON.stringify({ withdrawing: ['Severity'] }));
  return { imported, later, lastDay };
}

/** Throws, with what it printed, where the command ends with another exit code than 0. */
function triage(...args: readonly string[]): void {
  execFileSync(process.execPath, ['bin/triage.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
