import { type Comparison, type Operand, readComparison } from '../comparison.ts';
import { diagnose, quote } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';

/** An operator that can never be true of its fact (or never false) makes a rule that looks alive and is not. */
export const checkFactType: FileCheck = ({ source, sites }, workspace) =>
  sites.leaves.flatMap((site) => {
    const comparison = readComparison(site, workspace);
    if (comparison === undefined) return [];
    if ('code' in comparison) {
      if (comparison.code !== 'TR112') return [];
      const at = { path: [...site.path, comparison.member] };
      return [diagnose(source, at, 'TR112', comparison.message, comparison.help)];
    }
    const fault = comparison.left.from === 'literal' ? undefined : faultOf(comparison);
    if (fault === undefined) return [];
    return [diagnose(source, { path: [...site.path, 'operator'] }, 'TR112', fault.message, fault.help)];
  });

function faultOf({ operator, signature, left }: Comparison): { message: string; help: string } | undefined {
  if (operator === 'exists' || left.kind === 'any') return undefined;
  if (signature.fact === 'list') return faultOfList(operator, signature.value === 'conditions', left);
  if (left.list) {
    const message = `${left.text} is a list, and ${quote(operator)} never sees what is in it.`;
    const contains = operator === 'equal' ? ' or "contains"' : '';
    return { message, help: `Use "someFact:${operator}"${contains}, or "everyFact:${operator}".` };
  }
  if (left.kind === 'structure' || left.kind === 'map') {
    const help = 'Name one of its members, e.g. Name.Member; for elements of a list use "anyElement".';
    return { message: `${left.text} has members, and ${quote(operator)} compares single values.`, help };
  }
  const fits: readonly string[] = {
    any: ['string', 'number', 'boolean'],
    // Maps such as ProductFields hold numbers as texts, which the engine's number operators read.
    number: left.enum === undefined ? ['number', 'string'] : ['number'],
    string: ['string'],
    instant: left.enum === undefined ? ['string'] : [],
    ip: left.enum === undefined ? ['string'] : [],
  }[signature.fact];
  if (fits.includes(left.kind)) return undefined;
  const needed = signature.fact === 'any' ? 'a single value' : SAYS[signature.fact];
  return {
    message: `${quote(operator)} compares ${needed}, and ${left.text} is none.`,
    help: 'Use another operator.',
  };
}

const SAYS = {
  number: 'a number',
  string: 'a text',
  instant: 'an instant',
  ip: 'an IP address',
  list: 'a list',
} as const;

function faultOfList(operator: string, onElements: boolean, left: Operand) {
  if (!left.list) {
    const help = onElements ? 'Compare its members directly.' : 'Use "equal" or "in".';
    return { message: `${left.text} is no list, which ${quote(operator)} needs.`, help };
  }
  if (onElements && left.kind !== 'structure' && left.kind !== 'map') {
    const help = 'Use "someFact:" before another operator, e.g. "someFact:startsWith".';
    return { message: `The elements of ${left.text} have no members to put conditions on.`, help };
  }
  if (onElements || (left.kind !== 'structure' && left.kind !== 'map')) return undefined;
  const help = 'Use "anyElement", or name a member after [*].';
  return {
    message: `The elements of ${left.text} are no single values, so ${quote(operator)} finds none.`,
    help,
  };
}
