import type { Ruleset, TriageConfig } from '../../rules/ruleset.ts';
import { keysOf, retriageActionId } from '../../triage/instance.ts';
import { branchesOfWays } from './branches.ts';
import { fitWays } from './fit-ways.ts';
import { leafOf } from './leaf.ts';
import { sortedWay, type Way } from './way.ts';
import { type Asked, waysOfRules } from './ways-of-rules.ts';

/**
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: 2,048 characters. A little is left, for it is
 * not said what is counted: these are bytes of compact JSON.
 */
export const MOST_PATTERN_BYTES = 2000;
/** …/userguide/eb-create-pattern-operators.html: the product of the lengths of all `$or`. */
const MOST_COMBINATIONS = 1000;
/** Findings, and presses of our own actions. */
const OUTERMOST = 2;

/** An event pattern and why it is as it is. */
export interface DerivedPattern {
  readonly pattern: object;
  /** What unmarked findings have to be, one way or another; null where any finding passes. */
  readonly ways: readonly Way[] | null;
  /** What each rule asked for, before it was made to fit. */
  readonly asked: readonly Asked[];
  readonly bytes: number;
}

/**
 * Derives the event pattern of a ruleset: events of our own custom actions, findings that carry a mark of ours or of
 * an instance we succeed, and findings that a rule can hold on. It lets through every event on which anything would
 * be decided or counted, observed and expired rules included, whatever rules ran before; where EventBridge cannot say
 * it, it lets more through, never less. That one value of a finding is no list where ASFF has none is taken for
 * granted. Pure: no clock, so the same rules give the same pattern.
 */
export function deriveEventPattern(ruleset: Ruleset, mostBytes = MOST_PATTERN_BYTES): DerivedPattern {
  const { asked, irregular, shareOf } = waysOfRules(ruleset);
  const wanted = [...asked.flatMap(({ ways }) => ways), ...irregular];
  const fits = (ways: readonly Way[]) => {
    const { combinations } = branchesOfWays([...marksOf(ruleset.config), ...ways]);
    return (
      OUTERMOST * combinations <= MOST_COMBINATIONS && bytesOf(patternOf(ruleset.config, ways)) <= mostBytes
    );
  };
  const fitted = fitWays(wanted, fits, shareOf);
  const ways = fitted.some(({ leaves }) => leaves.size === 0) ? null : fitted;
  const pattern = patternOf(ruleset.config, ways);
  return { pattern, ways, asked, bytes: bytesOf(pattern) };
}

/**
 * Shapes: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 * The same bus carries other tools' custom actions; a finding sent to them must not be triaged again.
 */
function patternOf(config: TriageConfig, ways: readonly Way[] | null): object {
  const actions = [...new Set([retriageActionId(config.prefix), ...config.customActions])].sort();
  const passesAll = ways === null || ways.some(({ leaves }) => leaves.size === 0);
  return {
    source: ['aws.securityhub'],
    $or: [
      {
        'detail-type': ['Security Hub Findings - Imported'],
        ...(!passesAll && {
          detail: { findings: branchesOfWays([...marksOf(config), ...ways]).findings },
        }),
      },
      {
        'detail-type': ['Security Hub Findings - Custom Action'],
        resources: actions.map((id) => ({ suffix: `:action/custom/${id}` })),
      },
    ],
  };
}

/** Whatever is ours on a finding may have to be withdrawn, whether or not a rule still holds on it. */
function marksOf({ prefix, succeeds }: TriageConfig): readonly Way[] {
  return [prefix, ...succeeds].map((name) => {
    const leaf = leafOf(['UserDefinedFields', keysOf(name).set], [{ exists: true }]);
    return sortedWay([[leaf.path, leaf]], []);
  });
}

function bytesOf(pattern: object): number {
  return Buffer.byteLength(JSON.stringify(pattern));
}
