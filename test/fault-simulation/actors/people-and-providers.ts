import type { Finding } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { addReason } from '../ledger.ts';
import type { Stimulus } from '../schedule.ts';
import { identityOf, importedFinding } from '../workload/population.ts';
import { RULESETS } from '../workload/rulesets.ts';
import type { World } from '../world.ts';
import type { EventBridge } from './event-bridge.ts';
import type { LambdaFunction } from './function.ts';

const AGAIN_MS = 700;

/** Everybody outside the product: providers, analysts, other tools, those who press buttons and those who deploy. */
export function createOutsiders(
  world: World,
  bus: EventBridge,
  lambda: LambdaFunction,
): { readonly perform: (stimulus: Stimulus) => void; readonly underWay: () => number } {
  const { time, hub, ledger, note } = world;
  let underWay = 0;

  /** Anybody is throttled at times, and tries again. */
  function insist(attempt: () => boolean): void {
    if (attempt()) return;
    underWay += 1;
    time.after(AGAIN_MS, () => {
      underWay -= 1;
      insist(attempt);
    });
  }

  function call(
    by: 'provider' | 'analyst' | 'tool',
    operation: 'BatchImportFindings' | 'BatchUpdateFindings',
    request: unknown,
  ) {
    const { delivery, changes } = hub.call(by, operation, request);
    if (delivery.kind !== 'reply') throw new Error('Only the product meets faults.');
    if (delivery.reply.kind === 'refused') {
      if (delivery.reply.status === 429) return false;
      throw new Error(`${by}: ${operation} was refused: ${delivery.reply.message}`);
    }
    for (const { key } of changes) addReason(ledger, key);
    return true;
  }

  function importAll({ states }: Extract<Stimulus, { kind: 'import' }>): void {
    for (let at = 0; at < states.length; at += 100) {
      const some = states.slice(at, at + 100);
      insist(() => {
        const Findings = some.map(({ n, state }) => importedFinding(n, state, time.nowMs()));
        return call('provider', 'BatchImportFindings', { Findings });
      });
    }
  }

  function update({ by, findings, update }: Extract<Stimulus, { kind: 'person' }>): void {
    const fields = update.UserDefinedFields as Readonly<Record<string, string>> | undefined;
    // The map is sent whole, and is another on each finding.
    const groups = fields === undefined ? [findings.slice(0, 100)] : findings.slice(0, 100).map((n) => [n]);
    for (const group of groups)
      insist(() => {
        const stored = group.flatMap((n) => hub.find(findingKey(identityOf(n))) ?? []);
        if (stored.length === 0) return true;
        const known = stored[0]?.UserDefinedFields as Readonly<Record<string, string>> | undefined;
        const whole = fields === undefined ? {} : { UserDefinedFields: { ...known, ...fields } };
        const FindingIdentifiers = stored.map(({ Id, ProductArn }) => ({ Id, ProductArn }));
        return call(by, 'BatchUpdateFindings', { ...update, ...whole, FindingIdentifiers });
      });
  }

  function press({ n, actionId, actionName }: Extract<Stimulus, { kind: 'press' }>): void {
    const stored: Finding | undefined = hub.find(findingKey(identityOf(n)));
    if (stored === undefined) return;
    addReason(ledger, findingKey(stored));
    hub.press(stored, actionId, actionName);
  }

  return {
    underWay: () => underWay,
    perform(stimulus) {
      note(told(stimulus));
      switch (stimulus.kind) {
        case 'import':
          return importAll(stimulus);
        case 'person':
          return update(stimulus);
        case 'press':
          return press(stimulus);
        case 'deploy': {
          const ruleset = RULESETS[stimulus.ruleset];
          if (ruleset !== undefined) lambda.deploy(ruleset);
          return;
        }
        case 'strange':
          return bus.send(stimulus.body);
        default:
          return stimulus satisfies never;
      }
    },
  };
}

/** One line on what happens in the world. */
export function told(stimulus: Stimulus): string {
  switch (stimulus.kind) {
    case 'import':
      return stimulus.states.length === 1
        ? `provider: ${stimulus.states.map(({ n, state }) => `finding ${n} ${JSON.stringify(state)}`)}`
        : `provider: ${stimulus.states.length} findings`;
    case 'person': {
      const whose =
        stimulus.findings.length === 1
          ? `finding ${stimulus.findings[0]}`
          : `${stimulus.findings.length} findings`;
      return `${stimulus.by}: ${whose} ${JSON.stringify(stimulus.update)}`;
    }
    case 'press':
      return `press of ${stimulus.actionId} on finding ${stimulus.n}`;
    case 'deploy':
      return `deploy of ruleset ${stimulus.ruleset}`;
    case 'strange':
      return 'strange message';
  }
}
