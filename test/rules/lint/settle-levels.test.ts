import { describe, expect, it } from 'vitest';
import {
  GUARDDUTY,
  leaf,
  lintFolder,
  lintFor,
  NOT_CRITICAL,
  NOW,
  rule,
  suppressing,
  testOf,
} from './lint-folder.ts';

const narrow = [GUARDDUTY, NOT_CRITICAL, leaf('Types', 'someFact:startsWith', 'TTPs/')];
const until = (day: string, members = {}) => rule('example', narrow, { ...suppressing(day), ...members });

describe('levels', () => {
  const soon = until('2026-12-01');
  const config = (levels: unknown) => ({ 'triage.config.json': { lint: { levels } } });

  it.each([
    ['error', ['error']],
    ['warning', ['warning']],
    ['off', []],
  ])('are configured: %s', async (level, expected) => {
    const found = await lintFor('TR204', [soon], config({ TR204: level }));

    expect(found.map((text) => text.split(' ')[1]?.replace(':', ''))).toEqual(expected);
  });

  it.each(['TR105', 'TR205', 'TR203', 'TR404', 'TR101', 'TR999'])('cannot be set for %s', async (code) => {
    const { diagnostics } = await lintFolder({
      'area/example.json': soon,
      'area/example.test.json': testOf('example'),
      ...config({ [code]: 'off' }),
    });

    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'TR003',
    ]);
  });
});

describe('exceptions from lint', () => {
  const wide = (disable: unknown) =>
    rule('example', [GUARDDUTY, NOT_CRITICAL], { ...suppressing(), disable });
  const lint = async (disable: unknown, now = NOW) => {
    const { diagnostics } = await lintFolder(
      { 'area/example.json': wide(disable), 'area/example.test.json': testOf('example') },
      now,
    );
    return diagnostics.filter(({ code }) => code !== 'TR403' && code !== 'TR204').map(({ code }) => code);
  };
  const item = { code: 'TR201', reason: 'SEC-9', until: '2026-12-15' };

  it('take one check out of one rule until a day', async () => {
    expect(await lint([item])).toEqual([]);
    expect(await lint([item], Date.parse('2026-12-16T00:00:00Z'))).toEqual(['TR203', 'TR201'].sort());
  });

  it('that nothing needs are errors', async () => {
    expect(await lint([item, { ...item, code: 'TR209' }])).toEqual(['TR404']);
  });

  it.each(['TR203', 'TR105', 'TR205'])('cannot name %s', async (code) => {
    expect(await lint([{ ...item, code }])).toContain('TR003');
  });

  it.each(['code', 'reason', 'until'])('need their %s', async (member) => {
    const { [member as 'code']: _, ...rest } = item;

    expect(await lint([rest])).toContain('TR003');
  });

  it('change neither the ruleset nor its version', async () => {
    const { loadFolder } = await import('../rules-folder.ts');
    const { disable: _, ...plain } = wide([item]);

    const [without, having] = [plain, wide([item])].map(
      (value) => loadFolder({ 'area/example.json': value }).ruleset,
    );

    expect(having?.version).toBe(without?.version);
    expect(having?.rules[0]).not.toHaveProperty('disable');
  });
});
