import { type Ast, parseHtml } from 'angular-html-parser';

/** An element of a page, with its attributes and text as a browser would have them: no entity is left in either. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PageElement[];
  /** Of all within. */
  readonly text: string;
}

export interface ParsedPage {
  /** What is not as it should be: tags that close nothing, or are never closed. */
  readonly errors: readonly string[];
  /** All elements, in the order of the page. */
  readonly elements: readonly PageElement[];
}

/** Reads a page as HTML. */
export function parsePage(page: string): ParsedPage {
  const { rootNodes, errors } = parseHtml(page);
  const elements: PageElement[] = [];
  const read = (node: Ast.Node): PageElement | string => {
    if (node.kind === 'text') return node.value;
    if (node.kind !== 'element') return '';
    const at = elements.length;
    elements.push({ name: '', attributes: {}, children: [], text: '' });
    const within = node.children.map(read);
    const element: PageElement = {
      name: node.name.replace(/^:svg:/, ''),
      attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
      children: within.filter((one) => typeof one !== 'string'),
      text: within.map((one) => (typeof one === 'string' ? one : one.text)).join(''),
    };
    elements[at] = element;
    return element;
  };
  for (const node of rootNodes) read(node);
  return { errors: errors.map(({ msg }) => msg), elements };
}

/** Those of these names, in the order of the page. */
export function named({ elements }: ParsedPage, ...names: readonly string[]): readonly PageElement[] {
  return elements.filter(({ name }) => names.includes(name));
}

/** All within an element. */
export function within(element: PageElement): readonly PageElement[] {
  return element.children.flatMap((child) => [child, ...within(child)]);
}
