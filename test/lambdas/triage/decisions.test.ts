import { describe, expect, it } from 'vitest';
import { finding, identifier, importedEvent, NOW_MS, RULESET } from './fixtures.ts';
import { outcomesOf, run, world } from './world.ts';

describe('deciding a batch', () => {
  it('reads a finding again before it acts on an event older than fifteen minutes', async () => {
    const suppressed = finding(1, {
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'mine', UpdatedBy: 'analyst' },
    });
    const here = world({ stored: [suppressed, finding(2)] });
    const time = new Date(NOW_MS - 15 * 60_000 - 1).toISOString();

    const report = await run(here, [importedEvent([finding(1), finding(2)], { time })]);

    expect(here.reads).toEqual(['finding-1', 'finding-2']);
    expect(outcomesOf(report)).toEqual(['finding-1 held', 'finding-2 updated']);
    expect(here.updates).toEqual([[identifier(2)]]);
  });

  it.each([
    ['is exactly fifteen minutes old', new Date(NOW_MS - 15 * 60_000).toISOString()],
    ['tells no time', undefined],
  ])('believes an event that %s', async (_, time) => {
    const here = world();

    await run(here, [importedEvent([finding(1)], { time })]);

    expect(here.reads).toEqual([]);
  });

  it('reads nothing again for an old event that asks for no update', async () => {
    const here = world();

    await run(here, [
      importedEvent([finding(1, { ProductName: 'Inspector' })], { time: '2020-01-01T00:00:00Z' }),
    ]);

    expect(here.reads).toEqual([]);
  });

  it('reads again only what is old, beside events that are believed', async () => {
    const here = world({ stored: [finding(1)] });

    const report = await run(here, [
      importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' }),
      importedEvent([finding(2)]),
    ]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 updated', 'finding-2 updated']);
  });

  it('dead-letters a stale finding that is gone', async () => {
    const here = world();

    const report = await run(here, [importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' })]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered FindingNotFound']);
    expect(here.updates).toEqual([]);
  });

  it.each(['observe', 'enforce'] as const)(
    'reads what is only an identity before it decides it (%s)',
    async (mode) => {
      const here = world({ mode, stored: [finding(1, { ProductName: 'Inspector' })] });

      const report = await run(here, [importedEvent([identifier(1)])]);

      expect(here.reads).toEqual(['finding-1']);
      expect(outcomesOf(report)).toEqual(['finding-1 unchanged']);
    },
  );

  it.each([
    ['an error', new TypeError('says what a finding says'), 'TypeError'],
    ['something else', 'says what a finding says', 'unknown'],
  ])('quotes nothing where deciding fails with %s', async (_, thrown, name) => {
    const here = world();
    const ruleset = {
      ...RULESET,
      get rules(): never {
        throw thrown;
      },
    };

    const report = await run({ ...here, instance: { ...here.instance, ruleset } }, [
      importedEvent([finding(1)]),
    ]);

    expect(report.endings[0]?.outcome.cause).toEqual({
      code: 'DecisionFailed',
      message: `Deciding this finding failed with ${name}`,
    });
  });

  it('dead-letters a finding that cannot be decided for a fault of ours', async () => {
    const here = world();
    const broken = {
      ...RULESET,
      version: 'broken',
      rules: RULESET.rules.map((rule) => ({
        ...rule,
        conditions: { all: [{ fact: 'Title', operator: 'noSuchOperator', value: 1 }] },
      })),
    };

    const report = await run({ ...here, instance: { ...here.instance, ruleset: broken } }, [
      importedEvent([finding(1)]),
    ]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered DecisionFailed']);
  });
});
