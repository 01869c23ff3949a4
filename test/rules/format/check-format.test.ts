import { describe, expect, it } from 'vitest';
import { faultOfFormat } from '../../../lib/rules/format/check-format.ts';
import { FORMAT_VERSION } from '../../../lib/rules/format/format-version.ts';
import { FIRST_FORMAT, MIGRATIONS } from '../../../lib/rules/format/migrations.ts';
import { loadFolder, RULE, ruleWith, saidOf } from '../rules-folder.ts';

const folder = (config: Readonly<Record<string, unknown>>, rule: unknown = RULE) =>
  loadFolder({ 'a/1.json': rule, 'triage.config.json': config });

describe('the format of rules', () => {
  it('is the first one where none is said, and changes no ruleset where it is', () => {
    const unsaid = folder({});
    const said = folder({ formatVersion: FORMAT_VERSION });

    expect(saidOf(unsaid)).toEqual([]);
    expect(said.ruleset).toEqual(unsaid.ruleset);
    expect(said.ruleset?.version).toBe(unsaid.ruleset?.version);
  });

  it('is refused alone where it is a later one, naming the version that reads it', () => {
    const loaded = folder({ formatVersion: 3, prefix: 7 }, ruleWith({ from: 'the future' }));

    expect(loaded.ruleset).toBeNull();
    expect(saidOf(loaded)).toEqual([
      `TR006 These rules are written in format 3; this version of triage reads format ${FORMAT_VERSION}. Install a version that reads it: securityhub-triage 3.x, as the README says of upgrades.`,
    ]);
  });

  it.each([
    [0, /0 is not a value of "formatVersion"/],
    ['1', /"1" is not/],
    [1.5, /1\.5 is not/],
    [null, /null is not/],
  ])('is refused where it is none: %j', (formatVersion, message) => {
    expect(saidOf(folder({ formatVersion }))).toEqual([expect.stringMatching(message)]);
  });

  it('is refused where it is an earlier one, with the command that brings it up to date', () => {
    for (const config of [{ formatVersion: 1 }, {}]) {
      const fault = faultOfFormat(folder(config).files, 2);

      expect(fault?.message).toBe(
        'These rules are written in format 1; this version of triage reads format 2.',
      );
      expect(fault?.help).toMatch(/^triage migrate shows what changes/);
    }
    expect(faultOfFormat(loadFolder({ 'a/1.json': RULE }).files, 2)?.code).toBe('TR006');
    expect(faultOfFormat([], 2)).toBeUndefined();
  });

  it('is counted without gaps', () => {
    expect(MIGRATIONS.map(({ to }) => to)).toEqual(MIGRATIONS.map((_, i) => FIRST_FORMAT + 1 + i));
  });
});
