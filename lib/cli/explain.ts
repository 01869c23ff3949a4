import { Command, Option } from 'commander';
import { nearest } from '../findings/nearest.ts';
import { escapeText } from '../rules/escape-text.ts';
import { safeJson } from '../rules/safe-json.ts';
import { type Explanation, explain } from '../simulation/explain.ts';
import { formatExplanation } from './format-explanation.ts';
import { narratorFor, surfaceFor } from './global-options.ts';
import { failInJson } from './json-failure.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { nowOption } from './now-option.ts';
import { readOneFinding } from './read-one-finding.ts';
import { UsageError } from './usage-error.ts';

interface ExplainOptions {
  readonly rules: string;
  readonly now?: number;
  readonly format: 'pretty' | 'json';
  readonly rule?: string;
}

const EXAMPLES = `
Examples:
  triage explain guardduty-recon-portscan                     a sample by its name
  triage explain finding.json --now 2026-12-24T00:00:00Z      a finding of yours, as on another day
  triage explain finding.json --rule suppress-sandbox-noise   one rule, condition by condition`;

/** `triage explain`: every rule's verdict on one finding, and the update it leads to. */
export function explainCommand(): Command {
  return new Command('explain')
    .description("show every rule's verdict on one finding, and the update it leads to")
    .argument('<finding>', 'file with a finding or an EventBridge event, or the name of a sample')
    .addOption(rulesOption())
    .addOption(nowOption())
    .addOption(new Option('--rule <name>', 'this rule alone, condition by condition'))
    .addOption(
      new Option('-f, --format <name>', 'pretty or json').choices(['pretty', 'json']).default('pretty'),
    )
    .addHelpText('after', EXAMPLES)
    .action(explainFinding);
}

async function explainFinding(name: string, options: ExplainOptions, command: Command): Promise<void> {
  const { format, rule } = options;
  const { explanation, prefix } = await failInJson(format, () => explanationOf(name, options, command));
  if (format === 'json') {
    const chosen = explanation.rules.filter((one) => rule === undefined || one.rule === rule);
    console.log(safeJson({ ok: true, ...explanation, rules: chosen }));
    return;
  }
  const surface = surfaceFor(command);
  console.log(
    formatExplanation(explanation, { ...surface, prefix, ...(rule === undefined ? {} : { rule }) }),
  );
}

async function explanationOf(
  name: string,
  { rules, now, rule }: ExplainOptions,
  command: Command,
): Promise<{ readonly explanation: Explanation; readonly prefix: string }> {
  const { time } = narratorFor(command);
  const { finding, event } = readOneFinding(name, rules);
  const ruleset = await time('loading the rules', () =>
    loadRulesForUse(rules, surfaceFor(command, 'stderr')),
  );
  const names = ruleset.rules.map((known) => known.name);
  if (rule !== undefined && !names.includes(rule)) {
    const [meant] = nearest(rule, names);
    const hint = meant === undefined ? 'triage explain without --rule shows all.' : `Did you mean ${meant}?`;
    throw new UsageError(`There is no rule ${escapeText(rule)} in ${rules}. ${hint}`);
  }
  const explanation = await time('deciding', () => explain(finding, event, ruleset, now ?? Date.now()));
  return { explanation, prefix: ruleset.config.prefix };
}
