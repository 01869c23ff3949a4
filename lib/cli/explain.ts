import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Finding } from '../findings/finding.ts';
import { nearest } from '../findings/nearest.ts';
import { readEvent } from '../findings/read-event.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import { identityOf, readInput } from '../local/run/input.ts';
import { escapeText } from '../rules/escape-text.ts';
import { explain } from '../simulation/explain.ts';
import { formatExplanation } from './format-explanation.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { nowOption } from './now-option.ts';
import { safeJson } from './safe-json.ts';
import { sampleFiles } from './sample-findings.ts';
import { UsageError } from './usage-error.ts';

interface ExplainOptions {
  readonly rules: string;
  readonly now?: number;
  readonly format: 'pretty' | 'json';
  readonly rule?: string;
}

const IMPORTED: TriageEvent = { detailType: 'Security Hub Findings - Imported' };

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
  const { finding, event } = readOne(fileOf(name, rules));
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

/** A path that exists, or the name of a sample. */
function fileOf(name: string, rulesDir: string): string {
  if (existsSync(name)) return name;
  const sample = join(rulesDir, 'samples', `${name}.json`);
  if (/^[A-Za-z0-9._-]+$/.test(name) && existsSync(sample)) return sample;
  const names = sampleFiles(rulesDir).map((file) => file.replace(/^.*[/\\]|\.json$/g, ''));
  const [meant] = nearest(name, names);
  const hint =
    meant === undefined ? `Samples stand in ${join(rulesDir, 'samples')}.` : `Did you mean ${meant}?`;
  throw new UsageError(`${escapeText(name)} is neither a file nor the name of a sample. ${hint}`);
}

function readOne(file: string): { readonly finding: Finding; readonly event: TriageEvent } {
  const items = readInput([file]);
  const findings = items.flatMap(({ findings }) => findings);
  if (findings.length !== 1) {
    const found = findings.length === 0 ? 'no finding' : `${findings.length} findings`;
    throw new UsageError(
      `${file} holds ${found}; one is explained at a time. Save that one to a file of its own.`,
    );
  }
  const finding = findings[0];
  if (identityOf(finding) === undefined)
    throw new UsageError(`The finding in ${file} has no Id or no ProductArn, so no update could name it.`);
  const envelope = items.find((item) => item.event !== undefined)?.event;
  const reading = envelope === undefined ? undefined : readEvent(JSON.stringify(envelope));
  return { finding: finding as Finding, event: reading?.kind === 'findings' ? reading.event : IMPORTED };
}
