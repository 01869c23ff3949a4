import type { BatchItem } from '../../../lib/local/event-source/event-record.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { createFindingFaults } from '../faults/finding-faults.ts';
import type { Spells } from '../faults/spells.ts';
import { noteGivenPresses } from '../learn-presses.ts';
import type { Invocation } from '../ledger.ts';
import { createKitRack } from '../wire/client-kits.ts';
import type { World } from '../world.ts';
import { readDeliveries, snapshotsByFinding } from './deliveries.ts';
import type { Answered } from './event-source.ts';
import { type ExecutionEnvironment, startEnvironment } from './execution-environment.ts';

/** The function: environments that start, are kept warm, die, and are replaced when new rules are deployed. */
export interface LambdaFunction {
  readonly invoke: (payload: string, items: readonly BatchItem[]) => Promise<Answered>;
  /** From now on new invocations run by these rules; what runs goes on by its own. */
  readonly deploy: (ruleset: Ruleset) => void;
  readonly ruleset: () => Ruleset;
}

export function createFunction(world: World, first: Ruleset, spells: Spells): LambdaFunction {
  const { time, faults, ledger, schedule } = world;
  const findingFaults = createFindingFaults(faults, ledger.poisoned);
  const takeKit = createKitRack();
  let ruleset = first;
  let environments: ExecutionEnvironment[] = [];
  let started = 0;
  let invocations = 0;

  const deploy = (next: Ruleset): void => {
    ruleset = next;
    ledger.deployments.push({ atMs: time.nowMs(), ruleset: next });
    environments = [];
  };
  deploy(first);

  function findEnvironment(): ExecutionEnvironment {
    environments = environments.filter((one) => !one.environment.dead);
    const warm = environments.find((one) => !one.isBusy());
    if (warm !== undefined && !faults.strikes('coldStart', 'environment')) return warm;
    environments = environments.filter((one) => one !== warm);
    started += 1;
    const skewMs = faults.strikes('clockSkew', 'environment') ? faults.random.int(-120, 120) * 1_000 : 0;
    const fresh = startEnvironment(world, {
      ...{ id: String(started), ruleset, skewMs, findingFaults, spells, kit: takeKit() },
    });
    environments.push(fresh);
    return fresh;
  }

  return {
    deploy,
    ruleset: () => ruleset,
    async invoke(payload, items) {
      const place = findEnvironment();
      const { environment } = place;
      const delivered = readDeliveries(items, ledger);
      const nowMs = time.nowMs();
      invocations += 1;
      const invocation: Invocation = {
        ...{ number: invocations, environment, startedMs: nowMs, nowMs: nowMs + environment.skewMs },
        deadlineMs: nowMs + schedule.settings.functionTimeoutMs,
        ...{ delivered, snapshots: snapshotsByFinding(delivered), reads: new Map(), applied: new Map() },
        ...{
          confirmed: new Set<string>(),
          lettered: new Set<string>(),
          letteredEvents: new Set<string>(),
          endings: [],
          unread: [],
          metrics: {},
        },
      };
      ledger.invocations.push(invocation);
      world.note(`invocation ${invocations}: environment ${environment.id} takes ${items.length} messages`);
      const result = await place.invoke(invocation, payload);
      const answeredInTime = !environment.dead;
      if (answeredInTime) {
        noteGivenPresses(invocation);
        for (const watcher of world.watchers) watcher.onAnswer?.(invocation);
        if (faults.strikes('crashBeforeAnswer', 'invocation')) {
          place.kill();
          return {
            result: { ok: false, errorType: 'Runtime.ExitError', errorMessage: 'exited' },
            invocation,
          };
        }
      }
      return { result, invocation };
    },
  };
}
