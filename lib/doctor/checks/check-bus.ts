import { counted } from '../../rules/counted.ts';
import type { Answer } from '../account/answer.ts';
import type { Listener } from '../account/read-bus.ts';
import { asksForMark, FINDING_EVENTS } from '../bus/types-taken.ts';
import { type Observation, observation } from '../observation.ts';
import { unseen } from './unseen.ts';

const TOPIC = 'bus';

/**
 * Who else listens for findings: whoever takes imported findings sees them before they are triaged.
 *
 * @param ownQueueArn the ingest queue of the deployed stack, whose rule is ours; null without a stack
 */
export function checkBus(
  answer: Answer<readonly Listener[]>,
  { ownQueueArn, prefix }: { readonly ownQueueArn: string | null; readonly prefix: string },
): readonly Observation[] {
  if (answer.kind === 'unanswered') return [unseen(TOPIC, 'Other listeners for findings', answer.failed)];
  const denied = answer.value.flatMap(({ targets }) =>
    targets.kind === 'unanswered' ? [targets.failed] : [],
  );
  const others = answer.value.filter(({ targets }) => !targetsOf(targets).includes(ownQueueArn ?? ''));
  const [first] = denied;
  const blind = first === undefined ? [] : [unseen(TOPIC, 'Where listeners send findings', first)];
  if (others.length === 0)
    return [
      observation(TOPIC, 'fine', 'alone', 'Nobody else listens for findings on the default event bus.'),
      ...blind,
    ];
  const early = others.filter(
    ({ isEnabled, types, pattern }) =>
      isEnabled && types.includes(FINDING_EVENTS.imported) && !asksForMark(pattern, prefix),
  );
  const details = others.map((one) => lineOf(one, prefix));
  const data = others.map(({ pattern: _, targets, ...rest }) => ({ ...rest, targets: targetsOf(targets) }));
  if (early.length === 0)
    return [
      observation(
        TOPIC,
        'fine',
        'later',
        `${counted(others.length, 'other rule')} on the default event bus ${others.length === 1 ? 'takes' : 'take'} findings, none of them before they are triaged.`,
        {
          details,
          data,
        },
      ),
      ...blind,
    ];
  const [take, them] = early.length === 1 ? ['takes', 'it'] : ['take', 'them'];
  return [
    observation(
      TOPIC,
      'note',
      'early',
      `${counted(early.length, 'other rule')} on the default event bus ${take} findings as they are imported, seconds before they are triaged.`,
      {
        advice: `Where a pager or a ticket hangs on ${them}, let it listen for what rules decided instead: "Pagers and tickets" in the README has the pattern. What changes findings there must not write the fields that rules here write.`,
        details,
        data,
      },
    ),
    ...blind,
  ];
}

function targetsOf(targets: Listener['targets']): readonly string[] {
  return targets.kind === 'answered' ? targets.value : [];
}

const WORDS: Readonly<Record<string, string>> = {
  [FINDING_EVENTS.imported]: 'imported findings',
  [FINDING_EVENTS.customAction]: 'custom actions',
  [FINDING_EVENTS.imported2]: 'the new Security Hub',
};

function lineOf({ name, isEnabled, types, pattern, managedBy, targets }: Listener, prefix: string): string {
  const to = targetsOf(targets).map(shortArn);
  const notes = [
    types.map((type) => WORDS[type] ?? type).join(', '),
    ...(asksForMark(pattern, prefix) ? ['once they are triaged'] : []),
    ...(managedBy === null ? [] : [`kept by ${managedBy}`]),
    ...(isEnabled ? [] : ['disabled']),
  ];
  const where =
    targets.kind === 'unanswered' ? 'targets unknown' : to.length === 0 ? 'no target' : to.join(', ');
  return `${name} → ${where}  (${notes.join('; ')})`;
}

/** `lambda function:pager`: the service and the thing, without Region and account. */
function shortArn(arn: string): string {
  const [, , service = '', , , ...resource] = arn.split(':');
  return resource.length === 0 ? arn : `${service} ${resource.join(':')}`;
}
