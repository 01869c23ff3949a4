import { basename } from 'node:path';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import type { LintCheck } from './lint-context.ts';

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** One way to write names, so that nobody has to remember which one it was. */
export const checkKebabCase: LintCheck = ({ rules, workspace }) => [
  ...rules.flatMap(({ file, rule }): readonly Diagnostic[] => {
    if (file.row !== undefined || KEBAB_CASE.test(rule.name)) return [];
    const message = `${quote(rule.name)} is not written in small letters with hyphens.`;
    return [diagnose(file.source, { path: ['name'] }, 'TR402', message, adviceFor(rule.name))];
  }),
  ...[...workspace.conditions.values()].flatMap(({ source, name }): readonly Diagnostic[] => {
    if (KEBAB_CASE.test(name)) return [];
    const message = `The file ${basename(source.file)} is not named in small letters with hyphens.`;
    return [diagnose(source, { path: [] }, 'TR402', message, adviceFor(name))];
  }),
];

function adviceFor(name: string): string {
  const kebab = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `Call it ${quote(kebab)}, before it is deployed: marks on findings keep the old name.`;
}
