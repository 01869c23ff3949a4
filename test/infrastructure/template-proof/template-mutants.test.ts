import { describe, expect, it } from 'vitest';
import type { SecurityHubTriageProps } from '../../../lib/infrastructure/triage-construct.ts';
import { writeRules } from '../fixture-rules.ts';
import { readSynthesized, type Synthesized, synthesizeTo } from '../synthesized.ts';
import { temporaryDir } from '../temporary-dir.ts';
import { ALARM_TOPIC } from './access.ts';
import type { Demand } from './demand.ts';
import { DECISION_BUS, DECISION_BUS_DEMANDS } from './demands/decision-bus.ts';
import { DEMANDS } from './demands/demands.ts';
import { ENFORCING_DEMANDS } from './demands/enforcing.ts';
import { KEY_DEMANDS } from './demands/key.ts';
import type { Mutant, TemplateJson } from './mutant.ts';
import { DECISION_BUS_MUTANTS } from './mutants/decision-bus.ts';
import { ENFORCING_MUTANTS } from './mutants/enforcing.ts';
import { FLOW_MUTANTS } from './mutants/flow.ts';
import { KEY_MUTANTS } from './mutants/key.ts';
import { QUEUE_MUTANTS } from './mutants/queues.ts';
import { ROLE_MUTANTS } from './mutants/roles.ts';
import { SWEEP_MUTANTS } from './mutants/sweep.ts';
import { WATCH_MUTANTS } from './mutants/watch.ts';
import { semanticsOf } from './semantic-snapshot.ts';

/** A first deployment observes; what the function may write shows where it enforces. */
const OBSERVING = proofOf({}, DEMANDS);
const ENFORCING = proofOf({ mode: 'enforce' }, ENFORCING_DEMANDS);
const KEYED = proofOf({ encryptionKey: 'create' }, KEY_DEMANDS);
const TELLING = proofOf({ mode: 'enforce', decisionBus: DECISION_BUS }, DECISION_BUS_DEMANDS);

describe('the template', () => {
  it.each(
    [OBSERVING, ENFORCING, KEYED, TELLING].flatMap(({ stack, demands }) =>
      demands.map(({ sentence, check }) => [sentence, () => check(stack)] as const),
    ),
  )('%s', (_sentence, check) => {
    check();
  });
});

describe('a weakened template', () => {
  const mutants = [
    ...[...QUEUE_MUTANTS, ...FLOW_MUTANTS, ...ROLE_MUTANTS, ...SWEEP_MUTANTS, ...WATCH_MUTANTS].map(
      (mutant) => ({
        proof: OBSERVING,
        ...mutant,
      }),
    ),
    ...ENFORCING_MUTANTS.map((mutant) => ({ proof: ENFORCING, ...mutant })),
    ...KEY_MUTANTS.map((mutant) => ({ proof: KEYED, ...mutant })),
    ...DECISION_BUS_MUTANTS.map((mutant) => ({ proof: TELLING, ...mutant })),
  ];

  it.each(mutants.map((mutant) => [mutant.what, mutant] as const))('is noticed: %s', (_what, mutant) => {
    const breached = breachesOf(mutant, mutant.proof);

    expect(breached).not.toEqual([]);
  });

  it('changes what the template means, as the snapshot has it, or is no template at all', () => {
    const silent = mutants.filter(({ proof, weaken }) => {
      const weakened = weakenedBy(weaken, proof);
      return weakened !== null && meaningOf(weakened) === meaningOf(proof.stack);
    });

    console.info(`${mutants.length} mutants; the snapshot alone does not see ${silent.length}`);
    // Texts for people are no part of it.
    const unseen = silent.filter(({ what }) => !what.endsWith('says nothing of a runbook'));
    expect(unseen.map(({ what }) => what)).toEqual([]);
  });

  it('differs from every other one', () => {
    expect(new Set(mutants.map(({ what }) => what)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThanOrEqual(250);
  });
});

interface Proof {
  readonly outDir: string;
  readonly stack: Synthesized;
  readonly demands: readonly Demand[];
}

function proofOf(props: SecurityHubTriageProps, demands: readonly Demand[]): Proof {
  const outDir = temporaryDir();
  synthesizeTo(outDir, { rulesDir: writeRules(), alarmTopicArn: ALARM_TOPIC, ...props });
  return { outDir, stack: readSynthesized(outDir), demands };
}

/** Null where it cannot even be read. */
function weakenedBy(weaken: Mutant['weaken'], { outDir, stack }: Proof): Synthesized | null {
  const weakened: TemplateJson = JSON.parse(JSON.stringify(stack.template.toJSON()));
  weaken(weakened);
  try {
    return readSynthesized(outDir, weakened);
  } catch {
    return null;
  }
}

function meaningOf(stack: Synthesized): string {
  return JSON.stringify(semanticsOf(stack));
}

/** The sentences that do not hold any more. A template that cannot even be read breaches one of its own. */
function breachesOf({ weaken }: Mutant, proof: Proof): readonly string[] {
  const read = weakenedBy(weaken, proof);
  if (read === null) return ['the template can be deployed'];
  return proof.demands
    .filter(({ check }) => {
      try {
        check(read);
        return false;
      } catch {
        return true;
      }
    })
    .map(({ sentence }) => sentence);
}
