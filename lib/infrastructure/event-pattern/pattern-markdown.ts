import { escapeText } from '../../rules/escape-text.ts';
import type { PatternExplanation, RuleExplanation } from './explain-pattern.ts';

/** The explanation for people: what passes, by which rule, and what was widened. */
export function patternMarkdown(explanation: PatternExplanation): string {
  const { ruleset, bytes, mostBytes, lets, branches, rules } = explanation;
  const passing =
    lets === 'all'
      ? ['Every finding passes: what the rules ask for cannot be said, or not within the limit of a pattern.']
      : [
          'A finding passes when it carries a mark of ours, or when one of these branches holds:',
          '',
          '| branch | finding | for |',
          '|---:|---|---|',
          ...branches.map(({ number, finding, rules: served }) =>
            row(
              number,
              code(JSON.stringify(finding)),
              served.length === 0 ? 'values that rules do not expect' : served.map(code).join(', '),
            ),
          ),
        ];
  return [
    '# Which events reach the ingest queue',
    '',
    `Derived from ruleset ${ruleset}; ${bytes} of ${mostBytes} bytes. Presses of our own custom actions pass.`,
    ...passing,
    '',
    '## Rules',
    '',
    '| rule | mode | passes by | not asked of EventBridge |',
    '|---|---|---|---|',
    ...rules.map((rule) => row(code(rule.rule), rule.mode, passesBy(rule), widenedText(rule))),
    '',
  ].join('\n');
}

function passesBy({ passes, branches }: RuleExplanation): string {
  switch (passes) {
    case 'branches':
      return `branch ${branches.join(', ')}`;
    case 'all':
      return 'everything passes';
    case 'action':
      return 'custom action';
    case 'never':
      return 'nothing: no finding can meet it';
    default:
      return passes satisfies never;
  }
}

function widenedText({ widened }: RuleExplanation): string {
  return widened.map(({ condition, why }) => `${code(condition)}: ${why}`).join('; ');
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text of rules as code: no line ends, no bar that would end the cell, no backtick that would end the code. */
function code(text: string): string {
  return `\`${escapeText(text).replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}
