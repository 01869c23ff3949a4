import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalStateMachine } from '../../../lib/local/assembly/local-resources.ts';
import { runDefinition } from '../../../lib/local/step-functions/run-definition.ts';
import { writeRules } from '../fixture-rules.ts';
import { only, synthesize } from '../synthesized.ts';

let machine: LocalStateMachine;

beforeAll(() => {
  const { stateMachines } = synthesize({ rulesDir: writeRules() }).resources;
  machine = only(stateMachines.filter(({ logicalId }) => logicalId.includes('Sweep')));
});

/** Runs the execution `own` to its end, with what ListExecutions answers, one list a call; returns the states left. */
async function statesOf(own: string, ...lists: readonly (readonly string[])[]): Promise<readonly string[]> {
  const left: string[] = [];
  const answers = [...lists];
  const { end } = runDefinition(
    machine,
    {},
    {
      executionArn: own,
      call: async (task) =>
        task === 'ListRunning'
          ? { Executions: answers.shift()?.map((ExecutionArn) => ({ ExecutionArn })) }
          : { Payload: { done: true, waitSeconds: 0 } },
      wait: async () => {},
      left: ({ name }) => left.push(name),
    },
  );
  expect(await end).toMatchObject({ kind: 'succeeded' });
  return left;
}

describe('the state machine of the sweep', () => {
  it.each([
    ['it alone runs', 'a', ['a']],
    ['it is the older of two', 'a', ['b', 'a']],
    ['it is the oldest of many', 'a', ['d', 'c', 'b', 'a']],
  ])('sweeps where %s', async (_what, own, running) => {
    expect(await statesOf(own, running)).toContain('SweepOn');
  });

  it.each([
    ['it is the newer of two', 'b', ['b', 'a']],
    ['two start while one runs', 'b', ['c', 'b', 'a']],
    ['it is not listed yet, and another is', 'b', ['a']],
  ])('sweeps nothing where %s', async (_what, own, running) => {
    expect(await statesOf(own, running)).not.toContain('SweepOn');
  });

  it('looks again where the list shows not even itself', async () => {
    const states = await statesOf('a', [], ['a']);

    expect(states.filter((name) => name === 'ListRunning')).toHaveLength(2);
    expect(states).toContain('SweepOn');
  });
});
