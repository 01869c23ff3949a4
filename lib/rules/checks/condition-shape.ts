import { nearest } from '../../findings/nearest.ts';
import { BLOCK_MEMBERS, isObject, type NodeSite } from '../condition-sites.ts';
import { type Diagnostic, diagnose, didYouMean, quote } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import type { FileCheck } from '../workspace.ts';

const LEAF_MEMBERS = ['name', 'fact', 'operator', 'value'];

/** Members that json-rules-engine knows and that we refuse, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  priority: 'All conditions are evaluated; their order has no meaning.',
  path: 'No JSONPath is evaluated: write the whole path as the fact, e.g. "Resources[*].Tags.env".',
  params: 'Facts take no parameters.',
};

/**
 * Each part of a condition is a comparison, a block or a reference with the members these have, and a root is a block
 * or a reference. The engine would read some of what else it is given, JSONPath among it, and ignore the rest.
 */
export const checkConditionShape: FileCheck = ({ source, sites }) =>
  sites.nodes.flatMap((site) => {
    if (!isObject(site.node)) return [notACondition(site, source)];
    if (site.kind === 'none') return [emptyCondition(site, source)];
    const root = site.isRoot && site.kind === 'leaf' ? [leafAsRoot(site, source)] : [];
    return [
      ...root,
      ...memberDiagnostics(site, site.node, source),
      ...shapeOfMembers(site, site.node, source),
    ];
  });

function notACondition({ path, node }: NodeSite, source: Source): Diagnostic {
  const at = { path };
  return diagnose(source, at, 'TR003', `${quote(node)} is no condition.`, 'A condition is an object.');
}

function emptyCondition({ path, node }: NodeSite, source: Source): Diagnostic {
  const [member] = Object.keys(node as object);
  const near = nearest(member ?? '', [...BLOCK_MEMBERS, ...LEAF_MEMBERS]);
  const help =
    didYouMean(near) ??
    'A condition has "fact", "operator" and "value", or "all", "any", "not" or "condition".';
  const at = member === undefined ? { path } : ({ path: [...path, member], part: 'key' } as const);
  return diagnose(source, at, 'TR003', 'This is neither a comparison nor a block of conditions.', help);
}

function leafAsRoot({ path, within }: NodeSite, source: Source): Diagnostic {
  const place = within.length > 0 ? 'The value of an element operator' : 'The root of conditions';
  return diagnose(
    source,
    { path },
    'TR003',
    `${place} is a block.`,
    'Put the comparison into { "all": [ … ] }.',
  );
}

function memberDiagnostics(
  { path, kind }: NodeSite,
  node: Readonly<Record<string, unknown>>,
  source: Source,
): readonly Diagnostic[] {
  const known: readonly string[] = kind === 'leaf' ? LEAF_MEMBERS : ['name', ...BLOCK_MEMBERS];
  // A comparison beside a block is one mistake, which the check of sibling groups names.
  const others = kind === 'leaf' ? [] : ['fact', 'operator', 'value'];
  const missing = kind === 'leaf' ? LEAF_MEMBERS.slice(1).filter((name) => !Object.hasOwn(node, name)) : [];
  const unknown = Object.keys(node).filter((name) => !known.includes(name) && !others.includes(name));
  const misspelt = unknown.flatMap((name) => nearest(name, missing));
  return [
    ...unknown.map((name) => {
      const at = { path: [...path, name], part: 'key' } as const;
      const help = REFUSED[name] ?? didYouMean(nearest(name, known)) ?? `Known: ${known.join(', ')}.`;
      return diagnose(source, at, 'TR003', `${quote(name)} is not a member of a condition.`, help);
    }),
    ...missing
      .filter((name) => !misspelt.includes(name))
      .map((name) => diagnose(source, { path }, 'TR003', `${quote(name)} is missing in this condition.`)),
  ];
}

function shapeOfMembers(
  { path }: NodeSite,
  node: Readonly<Record<string, unknown>>,
  source: Source,
): readonly Diagnostic[] {
  const wrong = (name: string, needed: string) =>
    diagnose(
      source,
      { path: [...path, name] },
      'TR003',
      `${quote(node[name])} is not ${needed}, which "${name}" must be.`,
    );
  return [
    ...(['all', 'any'] as const)
      .filter((name) => name in node && !Array.isArray(node[name]))
      .map((name) => wrong(name, 'an array')),
    ...(['name', 'fact', 'operator', 'condition'] as const)
      .filter((name) => name in node && typeof node[name] !== 'string')
      .map((name) => wrong(name, 'a text')),
  ];
}
