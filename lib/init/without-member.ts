import { applyEdits, modify } from 'jsonc-parser';

/** The text of an object without one of its members; comments and layout of the others stay. */
export function withoutMember(text: string, name: string): string {
  return applyEdits(text, modify(text, [name], undefined, {}));
}
