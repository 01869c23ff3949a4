import { type Diagnostic, diagnose } from '../diagnostic.ts';
import type { LintCheck } from './lint-context.ts';

/** A match alone would pass with a rule that matches everything, a miss alone with one that matches nothing. */
export const checkMatchAndNearMiss: LintCheck = ({ rules, tests }) =>
  rules.flatMap(({ file, rule }): readonly Diagnostic[] => {
    const own = tests.filter((test) => test.rule === rule.name && test.cases > 0);
    if (own.length === 0) return [];
    const lacking = [
      ...(own.some(({ matches }) => matches > 0) ? [] : ['a finding that it matches']),
      ...(own.some(({ misses }) => misses > 0) ? [] : ['a near miss']),
    ];
    if (lacking.length === 0) return [];
    const message =
      `The test of this rule shows no ${lacking.join(' and no ').replaceAll('no a ', 'no ')}.`.replace(
        'no a ',
        'no ',
      );
    const help =
      'Add a case with "matches": true, and one with "matches": false and the condition that fails as "because".';
    const said = diagnose(file.source, { path: ['name'] }, 'TR302', message, help);
    return [rule.mode === 'observe' ? { ...said, severity: 'warning' } : said];
  });
