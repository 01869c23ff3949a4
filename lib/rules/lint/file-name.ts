import { basename } from 'node:path';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import type { LintCheck } from './lint-context.ts';

/** Marks and logs name the rule; whoever reads them looks for a file of that name. */
export const checkFileName: LintCheck = ({ rules }) =>
  rules.flatMap(({ file, rule }): readonly Diagnostic[] => {
    const stem = basename(file.source.file, '.json');
    if (file.row !== undefined || rule.name === stem) return [];
    const message = `The rule is called ${quote(rule.name)} and its file ${stem}.json.`;
    const help = 'Rename the file: marks, logs and tests know the rule by its name.';
    return [diagnose(file.source, { path: ['name'] }, 'TR401', message, help)];
  });
