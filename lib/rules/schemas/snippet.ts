/** What an editor offers to write: https://code.visualstudio.com/docs/languages/json#_define-snippets-in-json-schemas */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  /** JSON once the places to stop at are filled. */
  readonly bodyText: string;
}

/** A snippet that writes this value. A text of it that begins with `^` is written without its quotes. */
export function snippet(label: string, description: string, body: unknown): Snippet {
  // A dollar that begins no place, as in "$schema", would be read as a variable.
  const bodyText = JSON.stringify(body, null, '\t')
    .replace(/\$(?!\{)/g, '\\$')
    .replace(/"\^([^"]*)"/g, '$1');
  return { label, description, bodyText };
}

/** A place of the snippet at which the cursor stops, in the order of the numbers, and the text that stands there. */
export const stop = (at: number, text: string): string => `\${${at}:${text}}`;

/** A place of the snippet at which one of these is picked. */
export const oneOf = (at: number, texts: readonly string[]): string => `\${${at}|${texts.join(',')}|}`;

/**
 * What the editor knows, such as the day or the name of the file:
 * https://code.visualstudio.com/docs/editing/userdefinedsnippets#_variables
 */
export const variable = (name: string): string => `\${${name}}`;
