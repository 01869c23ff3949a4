import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleWriting, saidOf } from '../rules-folder.ts';

describe('reserved keys', () => {
  it.each(['triageRules', 'triageSet', 'triageHold', 'triageSetting'])('refuses %s', (key) => {
    expect(codesOf(loadRule(ruleWriting({ UserDefinedFields: { [key]: 'v' } })))).toEqual(['TR116']);
  });

  it('accepts keys that only resemble them', () => {
    const keys = { triageReason: 'v', myTriageSet: 'v', triage: 'v' };

    expect(saidOf(loadRule(ruleWriting({ UserDefinedFields: keys })))).toEqual([]);
  });

  it('follows the configured prefix and the instances that are succeeded', () => {
    const config = { 'triage.config.json': { prefix: 'acme', succeeds: ['old'] } };
    const said = saidOf(
      loadRule(ruleWriting({ UserDefinedFields: { acmeSet: 'v', oldHold: 'v', triageSet: 'v' } }), config),
    );

    expect(said).toEqual([expect.stringMatching(/"acmeSet"/), expect.stringMatching(/"oldHold"/)]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the hostile key %s', (key) => {
    const text = JSON.stringify(ruleWriting({ UserDefinedFields: { KEY: 'v', other: 'v' } })).replace(
      'KEY',
      key,
    );

    expect(codesOf(loadRule(text))).toEqual(['TR004']);
  });
});
