import { join, relative } from 'node:path';
import { Command } from 'commander';
import { planStarter, type StarterPlan } from '../init/plan-starter.ts';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import { UsageError } from './usage-error.ts';
import { writeTexts } from './write-texts.ts';

const EXAMPLES = `
Examples:
  npx securityhub-triage init my-rules     in a new folder
  triage init                              where you stand, beside .git, a README.md or a package.json`;

/** Starter rules are many files; what lies deeper is counted, not listed. */
const COUNTED = 'rules/';

/** `triage init`: a repository of rules with all it takes to test, review and deploy them. Overwrites nothing. */
export function initCommand(): Command {
  return new Command('init')
    .description('set up a repository of rules: starter rules, app, workflows, editor settings')
    .argument('[folder]', 'where; it is made if it is not there', '.')
    .addHelpText('after', EXAMPLES)
    .action(init);
}

function init(folder: string): void {
  const plan = planStarter(folder);
  const { writes, inTheWay } = plan;
  if (inTheWay.length > 0)
    throw new UsageError(
      [
        `These are there already, and nothing was written in ${escapeText(folder)}:`,
        ...inTheWay.map((path) => `  ${escapeText(path)}`),
        'Name a new folder, or move them away.',
      ].join('\n'),
    );
  writeTexts(folder, writes);
  console.log(told(plan, folder));
}

function told({ writes, kept, tarball }: StarterPlan, folder: string): string {
  const written = [...writes.keys()];
  const rules = written.filter((path) => path.startsWith(COUNTED));
  const others = written.filter((path) => !path.startsWith(COUNTED)).sort();
  const below = relative('', folder);
  return [
    `wrote ${escapeText(join(folder, COUNTED))} (${counted(rules.length, 'file')}: rules, their tests, samples, lists, schemas)`,
    ...others.map((path) => `wrote ${escapeText(join(folder, path))}`),
    ...kept.map((path) => `kept ${escapeText(join(folder, path))} as it is`),
    '',
    'Next:',
    ...(below === '' ? [] : [`  cd ${escapeText(below)}`]),
    ...(tarball === undefined
      ? ['  npm install']
      : [`  npm install -E <path of ${tarball}>     no version is published: npm pack makes it, in a clone`]),
    '  npm start          decides the sample findings on a local account; all rules observe',
    'README.md says how to go on. Nothing reaches an AWS account before you deploy.',
  ].join('\n');
}
