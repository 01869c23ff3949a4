import { UPDATE_LIMITS } from '../findings/update.ts';
import type { UpdateTemplate } from '../rules/rule.ts';
import type { Remark } from './remark.ts';

/** A note as a rule writes it. A text that would read as a template, or that the API refuses, is left out. */
export function noteOf(text: unknown): {
  readonly params: UpdateTemplate;
  readonly remarks: readonly Remark[];
} {
  const lost = (why: string): { readonly params: UpdateTemplate; readonly remarks: readonly Remark[] } => ({
    params: {},
    remarks: [
      { kind: 'lost', code: 'note-left-out', text: `The note is left out: ${why}.`, fields: ['Note'] },
    ],
  });
  if (typeof text !== 'string' || !/\S/.test(text)) return lost('it has no text');
  if (text.length > UPDATE_LIMITS.noteCharacters)
    return lost(`it has ${text.length} characters, and ${UPDATE_LIMITS.noteCharacters} are allowed`);
  if (text.includes('{{') || text.includes('}}'))
    return lost('its double braces would be read as a place for a value');
  return { params: { Note: { Text: text } }, remarks: [] };
}
