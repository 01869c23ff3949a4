import { type Diagnostic, diagnose } from '../diagnostic.ts';
import type { LintCheck } from './lint-context.ts';

/** A rule that nobody tried does what nobody knows. Rules made of rows of exceptions are tested by what makes them. */
export const checkUntested: LintCheck = ({ rules, tests }) =>
  rules.flatMap(({ file, rule }): readonly Diagnostic[] => {
    if (file.row !== undefined || tests.some((test) => test.rule === rule.name && test.cases > 0)) return [];
    const help = `Put ${rule.name.split('/').at(-1)}.test.json beside it, with a case that matches and one that nearly does.`;
    const said = diagnose(file.source, { path: ['name'] }, 'TR301', 'This rule has no test.', help);
    return [rule.mode === 'observe' ? { ...said, severity: 'warning' } : said];
  });
