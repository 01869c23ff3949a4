import { digitsOfAddress } from './address.ts';

/**
 * In what form a fact is looked up, where it is not looked up as it stands: a text without its case, an address as digits,
 * an instant in ms since 1970, or how many ms ago that was.
 */
export type Form = 'folded' | 'address' | 'instant' | 'age';

const FORMS: Readonly<Record<Form, (text: string, nowMs: number) => unknown>> = {
  folded,
  address: digitsOfAddress,
  instant: (text) => Date.parse(text),
  age: (text, nowMs) => nowMs - Date.parse(text),
};

/** A text in the form that it has in common with all that are the same but for case: never two forms for such texts. */
export function folded(text: string): string {
  // Of RE2's letters that are alike, https://pkg.go.dev/regexp/syntax, this one is in lower case as it stands.
  return text.toLowerCase().replaceAll('ſ', 's');
}

/** What a fact is in a form at an instant (ms since 1970); of a list, each item. What is no text has none, and nothing is looked up in it. */
export function formed(form: Form, value: unknown, nowMs: number): unknown {
  const formOf = FORMS[form];
  if (typeof value === 'string') return formOf(value, nowMs);
  return Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? formOf(item, nowMs) : null))
    : null;
}
