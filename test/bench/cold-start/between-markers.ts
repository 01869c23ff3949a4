/** Puts a text between `<!-- name -->` and `<!-- /name -->` of a document. Throws where the two are not there once. */
export function betweenMarkers(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...more] = document.split(start);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0)
    throw new Error(`The document has no single pair of ${start} and ${end}.`);
  return `${before}${start}\n${text}\n${end}${after}`;
}
