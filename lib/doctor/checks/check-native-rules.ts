import { counted } from '../../rules/counted.ts';
import type { Answer } from '../account/answer.ts';
import { type Observation, observation } from '../observation.ts';
import type { Comparison, Overlap, OverlappingRule } from './overlaps.ts';
import { unseen } from './unseen.ts';

type Members = Readonly<Record<string, unknown>>;

const TOPIC = 'automation-rules';

/**
 * Native automation rules that write what rules here write. They act before the event is sent, so what they set is
 * somebody else's for us, and is left alone unless a rule here overwrites.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 *
 * @param comparison null where there are no rules to compare with
 */
export function checkNativeRules(
  answer: Answer<readonly Members[]>,
  comparison: Comparison | null,
): readonly Observation[] {
  if (answer.kind === 'unanswered') return [unseen(TOPIC, 'Native automation rules', answer.failed)];
  const enabled = answer.value.filter(({ RuleStatus }) => RuleStatus !== 'DISABLED').length;
  if (enabled === 0) return [observation(TOPIC, 'fine', 'none', 'No native automation rule is enabled.')];
  const are = `${counted(enabled, 'native automation rule')} ${enabled === 1 ? 'is' : 'are'} enabled`;
  if (comparison === null)
    return [
      observation(TOPIC, 'note', 'not-compared', `${are}; there are no rules here, so nothing is compared.`, {
        advice: 'Name the folder of your rules with --rules <dir>.',
      }),
    ];
  const { overlaps, unread } = comparison;
  if (overlaps.length === 0 && unread.length === 0)
    return [
      observation(
        TOPIC,
        'fine',
        'apart',
        `${are}; none writes what rules here write, on findings that both can match.`,
      ),
    ];
  const [fights, held] = [overlaps.filter(isFight), overlaps.filter((one) => !isFight(one))];
  return [
    ...(fights.length === 0 ? [] : [told('wrong', 'fight', fights, FIGHT_ADVICE)]),
    ...(held.length === 0 ? [] : [told('note', 'held', held, HELD_ADVICE)]),
    ...(unread.length === 0 ? [] : [unreadRules(unread)]),
  ];
}

const FIGHT_ADVICE =
  'Each time such a finding is imported, the native rule sets its value and the rule here sets its own again. Disable the native rule, or take "overwrite" from the rule here.';
const HELD_ADVICE =
  "Native rules act first, before the event is sent. Their value then counts as somebody else's, and rules here leave it as it is (held). Give each field one owner: disable the native rule, or bring it over with triage import automation-rules.";

/** Whether a rule in force writes something else over what the native rule has just set. */
function isFight({ rules }: Overlap): boolean {
  return rules.some(
    ({ mode, overwrites, writesTheSame }) => mode === 'enforce' && overwrites && !writesTheSame,
  );
}

function told(
  standing: 'wrong' | 'note',
  code: string,
  overlaps: readonly Overlap[],
  advice: string,
): Observation {
  const names = new Set(overlaps.map(({ native }) => native.name));
  const [rules, write] = names.size === 1 ? ['rule', 'writes'] : ['rules', 'write'];
  const over = standing === 'wrong' ? ', and rules here write over it' : '';
  return observation(
    TOPIC,
    standing,
    code,
    `${names.size} native automation ${rules} ${write} fields that rules here write, on findings that both can match${over}.`,
    { advice, details: overlaps.map(lineOf), data: overlaps },
  );
}

function unreadRules(names: readonly string[]): Observation {
  return observation(
    TOPIC,
    'note',
    'unread',
    `What ${counted(names.length, 'native automation rule')} ${names.length === 1 ? 'writes' : 'write'} could not be read, so it is not compared.`,
    {
      advice: 'Look at them in the console: they must not write fields that rules here write.',
      details: names.map((name) => `"${name}"`),
      data: names,
    },
  );
}

const MOST_NAMES = 5;

function lineOf({ native, field, value, rules }: Overlap): string {
  const shown = rules.slice(0, MOST_NAMES).map(nameOf);
  const more = rules.length > shown.length ? ` and ${rules.length - shown.length} more` : '';
  return `"${native.name}" (order ${native.order}) sets ${valueText(field, value)}; so ${rules.length === 1 ? 'does' : 'do'} ${shown.join(', ')}${more}`;
}

function nameOf({ name, mode, overwrites }: OverlappingRule): string {
  const notes = [...(mode === 'observe' ? ['observes'] : []), ...(overwrites ? ['overwrites'] : [])];
  return notes.length === 0 ? name : `${name} (${notes.join(', ')})`;
}

function valueText(field: string, value: unknown): string {
  const { Status, Label } = (typeof value === 'object' && value !== null ? value : {}) as Members;
  if (typeof Status === 'string') return `${field} ${Status}`;
  if (typeof Label === 'string') return `${field} ${Label}`;
  return typeof value === 'string' || typeof value === 'number' ? `${field} ${value}` : field;
}
