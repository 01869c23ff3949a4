import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { placesOf } from '../engine/template.ts';
import { lookUpFact } from '../fact-type.ts';
import type { JsonPath, Source } from '../source.ts';
import type { FileCheck, Workspace } from '../workspace.ts';
import { templatesOf, writtenUpdate } from '../written-update.ts';

const HELP = 'Write {{Severity.Label}}: two braces, the path of a fact, two braces.';

/** What stands between `{{` and `}}` is read from the finding: it must exist, hold text, and not change by itself. */
export const checkTemplate: FileCheck = (file, workspace) => {
  const { source } = file;
  const keys = Object.keys((writtenUpdate(file).UserDefinedFields as object | undefined) ?? {});
  return [
    ...keys
      .filter((key) => key.includes('{{'))
      .map((key) => {
        const at = { path: ['event', 'params', 'UserDefinedFields', key], part: 'key' } as const;
        return diagnose(source, at, 'TR115', `The key ${quote(key)} cannot hold a place for a value.`);
      }),
    ...templatesOf(file).flatMap(({ path, text }) => faultsOf(path, text, source, workspace)),
  ];
};

function faultsOf(path: JsonPath, text: string, source: Source, workspace: Workspace): readonly Diagnostic[] {
  const rest = text.replace(/\{\{[^{}]+\}\}/g, '');
  if (/\{\{\{|\}\}\}/.test(text) || rest.includes('{{') || (text.includes('{{') && rest.includes('}}'))) {
    return [diagnose(source, { path }, 'TR115', `The braces in ${quote(text)} do not pair up.`, HELP)];
  }
  return [...new Set(placesOf(text))].flatMap((fact) => {
    const fault = faultOfPlace(fact, workspace);
    return fault === undefined ? [] : [diagnose(source, { path }, 'TR115', fault.message, fault.help)];
  });
}

function faultOfPlace(
  fact: string,
  workspace: Workspace,
): { message: string; help?: string | undefined } | undefined {
  if (fact === 'ageDays') {
    const message = 'ageDays changes each day, and so would what is written.';
    return { message, help: 'Use {{CreatedAt}}.' };
  }
  const found = lookUpFact(fact, workspace);
  if (!found.known) return found;
  if (fact.startsWith('lists.'))
    return { message: `${quote(fact)} is the same for every finding.`, help: 'Write it out.' };
  if (found.kind !== 'structure' && found.kind !== 'map') return undefined;
  return { message: `${quote(fact)} holds no text.`, help: 'Name one of its members.' };
}
