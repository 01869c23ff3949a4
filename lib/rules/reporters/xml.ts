import { escapeMarkup } from '../escape-text.ts';

/** An element with its content: elements, each on lines of its own, or a text. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] | string = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  if (content.length === 0) return `${open}/>`;
  if (typeof content === 'string') return `${open}>${content.split('\n').map(xmlText).join('\n')}</${name}>`;
  return [`${open}>`, ...content, `</${name}>`].join('\n');
}

/** A document of one element. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

/** XML 1.0 has no way to write most controls, nor U+FFFE and U+FFFF: https://www.w3.org/TR/xml/#charsets */
function xmlText(text: string): string {
  return escapeMarkup(text).replace(
    /[\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
