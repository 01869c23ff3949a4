import { Command, Option } from 'commander';
import { nearest } from '../findings/nearest.ts';
import { escapeText } from '../rules/escape-text.ts';
import { explain } from '../simulation/explain.ts';
import { formatExplanation } from './format-explanation.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { nowOption } from './now-option.ts';
import { readOneFinding } from './read-one-finding.ts';
import { safeJson } from './safe-json.ts';
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

async function explainFinding(name: string, { rules, now, format, rule }: ExplainOptions): Promise<void> {
  const { finding, event } = readOneFinding(name, rules);
  const ruleset = loadRulesForUse(rules);
  const names = ruleset.rules.map((known) => known.name);
  if (rule !== undefined && !names.includes(rule)) {
    const [meant] = nearest(rule, names);
    const hint = meant === undefined ? 'triage explain without --rule shows all.' : `Did you mean ${meant}?`;
    throw new UsageError(`There is no rule ${escapeText(rule)} in ${rules}. ${hint}`);
  }
  const explanation = await explain(finding, event, ruleset, now ?? Date.now());
  if (format === 'json') {
    const chosen = explanation.rules.filter((one) => rule === undefined || one.rule === rule);
    console.log(safeJson({ ...explanation, rules: chosen }));
    return;
  }
  const colour = process.stdout.hasColors?.() === true && process.env.NO_COLOR === undefined;
  const { prefix } = ruleset.config;
  console.log(formatExplanation(explanation, { colour, prefix, ...(rule === undefined ? {} : { rule }) }));
}
