import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compilePattern } from '../../lib/event-bridge/compile-pattern.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { deriveEventPattern } from '../../lib/infrastructure/event-pattern/derive-pattern.ts';
import { loadRules } from '../../lib/rules/load.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { generateFindings } from './workload/findings.ts';
import { generateRuleset } from './workload/ruleset.ts';

/**
 * What share of first-sight finding events never reaches the queue: `npm run bench:pattern`. Streams are generated
 * ones of an organization with 200 accounts, the same in the seven accounts that the rules know, and where they stand
 * beside the clone, findings from the field.
 */
const RULES = fileURLToPath(new URL('../../rules', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const NOW = Date.parse('2026-11-20T12:00:00Z');
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const FINDINGS = 10_000;

interface Row {
  readonly keptOut: number;
  readonly decided: number;
}

async function measure(ruleset: Ruleset, findings: readonly Finding[]): Promise<Row> {
  const compiled = compilePattern(deriveEventPattern(ruleset).pattern);
  if (!compiled.ok) throw new Error(compiled.reason);
  let [keptOut, decided] = [0, 0];
  for (const finding of findings) {
    const event = {
      source: 'aws.securityhub',
      'detail-type': IMPORTED.detailType,
      detail: { findings: [finding] },
    };
    const passes = compiled.matches(event);
    const { kind } = await decide(finding, IMPORTED, ruleset, NOW);
    if (!passes) keptOut += 1;
    if (kind !== 'unchanged') decided += 1;
    if (kind !== 'unchanged' && !passes) throw new Error(`Kept out, though decided: ${finding.Id}`);
  }
  return { keptOut: keptOut / findings.length, decided: decided / findings.length };
}

function starterRules(): Ruleset {
  const { ruleset } = loadRules(RULES);
  if (ruleset === null) throw new Error('The rules that come with the app do not load.');
  return ruleset;
}

function fromTheField(): readonly Finding[] {
  if (!existsSync(CORPUS)) return [];
  const lines = readdirSync(CORPUS)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(`${CORPUS}/${name}`, 'utf8').split('\n'));
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Finding);
}

async function main(): Promise<void> {
  const starter = starterRules();
  const generated = generateFindings(3, FINDINGS);
  const known = Object.keys(starter.accounts);
  const field = fromTheField();
  const streams: readonly (readonly [string, readonly Finding[]])[] = [
    ['organization, 200 accounts', generated],
    [
      'the same in known accounts',
      generated.map((one, i) => ({ ...one, AwsAccountId: known[i % known.length] })),
    ],
    ...(field.length > 0 ? [['findings from the field', field] as const] : []),
  ];
  const rulesets: readonly (readonly [string, Ruleset])[] = [
    ['rules/', starter],
    ...[5, 10, 20, 50].map((count) => [`${count} generated`, generateRuleset(1, count)] as const),
  ];
  console.log('| rules | pattern | branches | stream | events | decided | kept out of the queue |');
  console.log('|---|---:|---:|---|---:|---:|---:|');
  for (const [name, ruleset] of rulesets) {
    const { bytes, ways } = deriveEventPattern(ruleset);
    for (const [stream, findings] of streams) {
      const { keptOut, decided } = await measure(ruleset, findings);
      const shares = [decided, keptOut].map((share) => `${(100 * share).toFixed(1)} %`).join(' | ');
      console.log(
        `| ${name} | ${bytes} bytes | ${ways?.length ?? 'all pass'} | ${stream} | ${findings.length} | ${shares} |`,
      );
    }
  }
}

await main();
