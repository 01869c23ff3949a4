/** Controls, format and bidi characters, separators of lines, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]|\p{Cs}/gu;

/**
 * Shows a text on a terminal or in a log without letting it act there: whatever moves the cursor, reorders or hides
 * characters is printed as its escape. Rule files and findings are written by others.
 */
export function escapeText(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** The same where HTML, Markdown or XML is read: none of it is taken for markup, in attributes neither. */
export function escapeMarkup(text: string): string {
  return escapeText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
