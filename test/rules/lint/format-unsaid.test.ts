import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFor, rule } from './lint-folder.ts';

describe('TR405 format-unsaid', () => {
  const lint = (config: Readonly<Record<string, unknown>>) =>
    lintFor('TR405', [rule('example', [GUARDDUTY])], config);

  it('asks a configuration to say its format', async () => {
    expect(await lint({ 'triage.config.json': '{ "prefix": "acme" }' })).toEqual([
      '1:1 warning: No "formatVersion" says which format these rules are written in; that means 1. Write it with: triage migrate --apply',
    ]);
  });

  it('is content with one that does, and asks nobody to write a configuration', async () => {
    expect(await lint({ 'triage.config.json': { formatVersion: 1 } })).toEqual([]);
    expect(await lint({})).toEqual([]);
  });
});
