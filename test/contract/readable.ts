import type { Condition, LeafCondition } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { LIST_NAMES } from './generate/surroundings.ts';

/**
 * Whether the independent reference (test/reference) speaks of a condition. It reads what loading accepts: what loading
 * refuses, and what of RE2 JavaScript writes in another way, it takes differently or not at all.
 */
export function isReadable(condition: Condition, { conditions }: Ruleset): boolean {
  if ('condition' in condition) {
    const shared = Object.hasOwn(conditions, condition.condition)
      ? conditions[condition.condition]
      : undefined;
    return shared !== undefined && isReadable(shared, { conditions } as Ruleset);
  }
  return innerOf(condition).every((inner) => isReadable(inner, { conditions } as Ruleset));

  function innerOf(group: Exclude<Condition, { condition: string }>): readonly Condition[] {
    if ('all' in group) return group.all;
    if ('any' in group) return group.any;
    if ('not' in group) return [group.not];
    return isReadableLeaf(group) ? [] : [{ condition: '' }];
  }
}

function isReadableLeaf({ fact, operator, value }: LeafCondition): boolean {
  if (fact.startsWith('lists.') && !LIST_NAMES.includes(fact.slice('lists.'.length))) return false;
  const parts = operator.split(':');
  const base = parts.pop() ?? '';
  if (/Element$/.test(base)) return !parts.includes('swap') && isReadableBlock(value as Condition);
  const isReference = value !== null && typeof value === 'object' && 'fact' in value;
  // The other way round, operands are the finding's.
  if (parts.includes('swap'))
    return !isReference && /^(?:not)?[eE]qual$|^equalsIgnoreCase$|With$|^includes$/.test(base);
  if (isReference && !String((value as { fact: unknown }).fact).startsWith('lists.')) return false;
  const spreads = parts.filter((part) => part.endsWith('Value')).length;
  if (spreads > 1) return false;
  const isSpread = spreads === 1;
  if (isReference)
    return isSpread
      ? !/^(?:in|notIn|inCidr|.*ThanDays|matches|.*Than.*)$/.test(base)
      : /^(?:in|notIn)$/.test(base);
  if (!isSpread) return isReadableOperand(base, value);
  return Array.isArray(value) && value.every((each) => isReadableOperand(base, each));
}

function isReadableOperand(base: string, value: unknown): boolean {
  if (base === 'in' || base === 'notIn') return Array.isArray(value);
  if (base === 'olderThanDays' || base === 'newerThanDays') return typeof value === 'number';
  if (base === 'inCidr') return [value].flat().every((network) => String(network).includes('/'));
  if (base === 'matches') return isPortable(String(value));
  if (base === 'glob') return !/[\ud800-\udfff]/.test(String(value));
  return true;
}

/** Blocks know no shared conditions, no other facts but lists, and no empty groups. */
function isReadableBlock(block: Condition): boolean {
  if ('all' in block || 'any' in block) {
    const inner = 'all' in block ? block.all : block.any;
    return inner.length > 0 && inner.every(isReadableBlock);
  }
  if ('not' in block) return isReadableBlock(block.not);
  return !('condition' in block) && !block.fact.startsWith('lists.') && isReadableLeaf(block);
}

/** Expressions that mean the same in RE2 and in JavaScript's own expressions with `u` and `s`. */
function isPortable(source: string): boolean {
  if (/\\[^dDwWsS.*+?()[\]{}|/$^\\]|\[\^?\]|\[:|\[\[|\(\?[^:]|[\ud800-\udfff]/.test(source)) return false;
  try {
    new RegExp(source, 'us');
    return true;
  } catch {
    return false;
  }
}
