import { isObject } from './condition-sites.ts';
import type { JsonPath } from './source.ts';
import type { ConditionFile } from './workspace.ts';

const PARAMS: JsonPath = ['event', 'params'];

/** What a rule file writes, `event.params`, unchecked; empty where it is no object. */
export function writtenUpdate({ value }: ConditionFile): Readonly<Record<string, unknown>> {
  const params = isObject(value.event) ? value.event.params : undefined;
  return isObject(params) ? params : {};
}

/** The texts of an update that may hold `{{path}}`, each with its place in the file. */
export function templatesOf(
  file: ConditionFile,
): readonly { readonly path: JsonPath; readonly text: string }[] {
  const { Note, UserDefinedFields, Types, RelatedFindings } = writtenUpdate(file);
  const found: { path: JsonPath; value: unknown }[] = [];
  if (isObject(Note)) found.push({ path: [...PARAMS, 'Note', 'Text'], value: Note.Text });
  if (isObject(UserDefinedFields)) {
    for (const [key, value] of Object.entries(UserDefinedFields)) {
      found.push({ path: [...PARAMS, 'UserDefinedFields', key], value });
    }
  }
  if (Array.isArray(Types)) {
    for (const [i, value] of Types.entries()) found.push({ path: [...PARAMS, 'Types', i], value });
  }
  if (Array.isArray(RelatedFindings)) {
    RelatedFindings.forEach((item, i) => {
      for (const [member, value] of Object.entries(isObject(item) ? item : {})) {
        found.push({ path: [...PARAMS, 'RelatedFindings', i, member], value });
      }
    });
  }
  return found.flatMap(({ path, value }) => (typeof value === 'string' ? [{ path, text: value }] : []));
}

/** Whether the rule sets Workflow.Status to SUPPRESSED. */
export function suppresses(file: ConditionFile): boolean {
  const { Workflow } = writtenUpdate(file);
  return isObject(Workflow) && Workflow.Status === 'SUPPRESSED';
}
