/** An element as a strict XML reader sees it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What XML 1.0 has no characters for: https://www.w3.org/TR/xml/#charsets */
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const TOKEN = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/** Reads the XML that reports are written in; throws at whatever is not well formed, or more than they need. */
export function readXml(document: string): Element {
  if (NO_CHARACTER.test(document)) throw new Error('There is a character that XML does not have.');
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error('The declaration is missing.');
  const top = { name: '', attributes: {}, children: [] as Element[], text: '' };
  const open = [top];
  TOKEN.lastIndex = declaration.length;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(document);
    const parent = open.at(-1);
    if (match === null || parent === undefined) throw new Error(`Not XML: ${document.slice(at, at + 60)}`);
    const [, end, name = '', attributes = '', empty, text] = match;
    if (text !== undefined) parent.text += unescaped(text);
    else if (end === '/') {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>.`);
      open.pop();
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || root === undefined)
    throw new Error('One element is needed.');
  return root;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (name in found) throw new Error(`"${name}" stands twice.`);
    found[name] = unescaped(value);
  }
  return found;
}

function unescaped(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`An ampersand is not escaped in ${text}`);
  return text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '');
}

interface ElementRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  readonly text: boolean;
}

const MESSAGE: ElementRule = { required: [], optional: ['type', 'message'], children: [], text: true };

/**
 * What junit-10.xsd of Jenkins' xUnit plugin allows of the elements that we write, by hand from the schema:
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
const JUNIT_10: Readonly<Record<string, ElementRule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
    text: false,
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    text: false,
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    text: false,
  },
  failure: MESSAGE,
  error: MESSAGE,
  skipped: MESSAGE,
  'system-out': { required: [], optional: [], children: [], text: true },
};

/** What the schema would refuse, one text each. */
export function schemaFaults(element: Element): readonly string[] {
  const rule = JUNIT_10[element.name];
  if (rule === undefined) return [`<${element.name}> is unknown`];
  const names = Object.keys(element.attributes);
  const known = [...rule.required, ...rule.optional];
  return [
    ...rule.required.filter((name) => !names.includes(name)).map((name) => `<${element.name}> needs ${name}`),
    ...names.filter((name) => !known.includes(name)).map((name) => `<${element.name}> has no ${name}`),
    ...(rule.text || element.text.trim() === '' ? [] : [`<${element.name}> holds text`]),
    ...element.children.flatMap((child) =>
      rule.children.includes(child.name) ? schemaFaults(child) : [`<${element.name}> holds <${child.name}>`],
    ),
  ];
}
