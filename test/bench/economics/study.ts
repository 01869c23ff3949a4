import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decideFindings } from '../../../lib/simulation/economics/decided-finding.ts';
import { choosePayloads, type PayloadChoice } from '../../../lib/simulation/economics/payload-choices.ts';
import { generateFindings } from '../workload/findings.ts';
import { generateRuleset } from '../workload/ruleset.ts';
import { FINDINGS_SEED, WORKLOAD_SEED } from '../workload/seeds.ts';
import { WORKLOAD_NOW } from '../workload/situation.ts';
import type { StreamSource } from './scenario.ts';

export interface StudySize {
  readonly findings: number;
  /** Rules of each ruleset; the last is the one most tables speak of. */
  readonly rules: readonly number[];
  /** Findings of controls that are evaluated again in one go. */
  readonly burst: number;
  /** How long a simulated stream lasts at least; findings come again, as others, until then. */
  readonly leastSeconds: number;
}

export const CHOICES: readonly PayloadChoice[] = [
  { note: 'asWritten', provenance: 'finding' },
  { note: 'asWritten', provenance: 'log' },
  { note: 'own', provenance: 'finding' },
  { note: 'own', provenance: 'log' },
  { note: 'shared', provenance: 'finding' },
  { note: 'shared', provenance: 'log' },
];

/** One ruleset with one choice of payloads, and what it decides. */
export interface ChosenDecisions {
  readonly rules: number;
  readonly choice: PayloadChoice;
  readonly stream: StreamSource;
}

/** Every decision that the tables need. */
export interface Study {
  readonly size: StudySize;
  /** By ruleset, then choice; findings of all products. */
  readonly chosen: readonly ChosenDecisions[];
  /** The last ruleset as written. */
  readonly usual: StreamSource;
  /** The same on findings of Security Hub controls alone: what comes when every control is evaluated again. */
  readonly controls: StreamSource;
  /** Every finding matches, and each payload is one of its own: the worst that rules can ask for. */
  readonly worst: StreamSource;
}

/** Generates findings and rulesets and has the product decide; the same on every machine. */
export async function prepareStudy(size: StudySize, progress: (line: string) => void): Promise<Study> {
  const findings = generateFindings(FINDINGS_SEED, size.findings);
  const decideAll = async (
    what: string,
    some: readonly Finding[],
    ruleset: Ruleset,
  ): Promise<StreamSource> => {
    progress(`deciding ${some.length} findings: ${what}`);
    return {
      findings: await decideFindings(some, ruleset, WORKLOAD_NOW),
      leastSeconds: size.leastSeconds,
    };
  };

  const chosen: ChosenDecisions[] = [];
  for (const rules of size.rules) {
    const ruleset = generateRuleset(WORKLOAD_SEED, rules);
    for (const choice of CHOICES) {
      const what = `${rules} rules, note ${choice.note}, provenance ${choice.provenance}`;
      const stream = await decideAll(what, findings, choosePayloads(ruleset, choice));
      chosen.push({ rules, choice, stream });
    }
  }
  const usual = chosen.find((one) => one.rules === size.rules.at(-1));
  if (usual === undefined) throw new Error('A study needs a ruleset.');
  const { rules } = usual;
  const controls = generateFindings(FINDINGS_SEED + 1, 2 * size.burst)
    .filter(({ ProductName }) => ProductName === 'Security Hub')
    .slice(0, size.burst);
  return {
    size,
    chosen,
    usual: usual.stream,
    controls: await decideAll(`controls, ${rules} rules`, controls, generateRuleset(WORKLOAD_SEED, rules)),
    worst: await decideAll('a note of its own for each finding', findings, notesForAll()),
  };
}

function notesForAll(): Ruleset {
  const ruleset = generateRuleset(WORKLOAD_SEED, 1);
  const rules = ruleset.rules.map((rule) => ({
    ...rule,
    conditions: { all: [{ fact: 'RecordState', operator: 'equal', value: 'ACTIVE' }] },
    event: { ...rule.event, params: { VerificationState: 'TRUE_POSITIVE' as const } },
  }));
  return choosePayloads({ ...ruleset, rules }, { note: 'perFinding', provenance: 'log' });
}
