import { parseDocument } from 'yaml';
import { isObject } from '../../rules/condition-sites.ts';
import { noteOf } from '../note.ts';
import type { SourceRule, SourceRules } from '../source-rule.ts';
import { GENERAL_REMARKS } from './general-remarks.ts';
import { readMatchOn } from './match-on.ts';

type Members = Readonly<Record<string, unknown>>;

/** The rules in a text; or why there are none. */
export type FoundEntries = { readonly entries: readonly unknown[] } | { readonly fault: string };

export const FINDINGS_MANAGER_HOW_TO =
  'It is the YAML file that the findings manager reads: "Rules:", a list of entries with note, action and match_on.';

/** Aliases are counted so that a small file cannot stand for a huge one. */
const MOST_ALIASES = 100;

/** Reads the YAML (or JSON) that awsfindingsmanagerlib takes: `Rules`, or the list alone. */
export function findEntries(text: string): FoundEntries {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) return { fault: `This is no YAML: ${error.message.split('\n')[0]}` };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    return { fault: `This YAML cannot be read: ${(cause as Error).message}.` };
  }
  const entries = isObject(value) && Array.isArray(value.Rules) ? value.Rules : value;
  if (!Array.isArray(entries) || entries.length === 0)
    return { fault: `There is no rule in it. ${FINDINGS_MANAGER_HOW_TO}` };
  if (!entries.some((entry) => isObject(entry) && 'match_on' in entry))
    return { fault: `No entry has match_on. ${FINDINGS_MANAGER_HOW_TO}` };
  return { entries };
}

/**
 * Reads the entries. Where several match, the findings manager takes any one of them; here the first in the file wins, so
 * they are told in the opposite order: later ones win over earlier.
 * https://github.com/schubergphilis/awsfindingsmanagerlib
 */
export function readFindingsManagerRules(entries: readonly unknown[], nowMs: number): SourceRules {
  const notes = new Set<unknown>();
  const rules = entries.map((entry, i) => {
    const { note } = isObject(entry) ? entry : {};
    const isSecond = notes.has(note);
    notes.add(note);
    return readEntry(isObject(entry) ? entry : {}, i, isSecond);
  });
  return { system: 'findings manager rules', rules: rules.reverse(), remarks: GENERAL_REMARKS, nowMs };
}

const MEMBERS = ['note', 'action', 'match_on'];

function readEntry(entry: Members, index: number, isSecond: boolean): SourceRule {
  const title = typeof entry.note === 'string' && /\S/.test(entry.note) ? entry.note : `rule ${index + 1}`;
  const criteria = readMatchOn(entry.match_on);
  const note = noteOf(entry.note);
  const unknown = Object.keys(entry).find((name) => !MEMBERS.includes(name));
  return {
    title: title.replaceAll(/\s+/g, ' ').trim().slice(0, 200),
    description: title,
    origin: `the findings manager, rule ${index + 1}`,
    isDisabled: false,
    isTerminal: false,
    criteria: 'refused' in criteria ? null : criteria,
    params: { Workflow: { Status: 'SUPPRESSED' }, ...note.params },
    remarks: note.remarks,
    refusals: [
      ...('refused' in criteria ? [criteria.refused] : []),
      ...(entry.action === 'SUPPRESSED'
        ? []
        : [`Its action is ${JSON.stringify(entry.action)}; the findings manager knows SUPPRESSED alone.`]),
      ...(typeof entry.note === 'string' ? [] : ['It has no note; the findings manager refuses it.']),
      ...(unknown === undefined
        ? []
        : [`${JSON.stringify(unknown)} is no member of a rule of the findings manager.`]),
      ...(isSecond ? [SECOND] : []),
    ],
  };
}

const SECOND =
  'An earlier rule has the same note, and of two such rules the findings manager keeps the first alone. Give it a note of its own to import it.';
