import type { Answer } from '../account/answer.ts';
import type { NewRule } from '../account/read-automation-rules.ts';
import type { EnabledHub } from '../account/read-hub.ts';
import { type Observation, observation } from '../observation.ts';
import { unseen } from './unseen.ts';

const TOPIC = 'security-hub';

/** Which Security Hub is enabled: rules decide findings of Security Hub CSPM, in ASFF. */
export function checkHub(
  hub: Answer<EnabledHub | null>,
  newHub: Answer<string | null>,
): readonly Observation[] {
  if (hub.kind === 'unanswered')
    return [unseen(TOPIC, 'Whether Security Hub CSPM is enabled', hub.failed), ...besides(newHub)];
  if (hub.value === null) return [notEnabled(newHub)];
  const data = { arn: hub.value.arn };
  const enabled = observation(
    TOPIC,
    'fine',
    'enabled',
    'Security Hub CSPM is enabled in this account and Region.',
    { data },
  );
  return [
    enabled,
    ...(hub.value.controlFindings === 'STANDARD_CONTROL' ? [NOT_CONSOLIDATED] : []),
    ...besides(newHub),
  ];
}

function notEnabled(newHub: Answer<string | null>): Observation {
  if (newHub.kind === 'answered' && newHub.value !== null)
    return observation(
      TOPIC,
      'wrong',
      'only-new',
      'Only the new Security Hub is enabled here. Its findings speak OCSF; rules decide those of Security Hub CSPM.',
      {
        advice: 'Enable Security Hub CSPM here, or look at the account and Region where it is.',
        data: { arn: newHub.value },
      },
    );
  return observation(
    TOPIC,
    'wrong',
    'not-enabled',
    'Security Hub CSPM is not enabled in this account and Region.',
    { advice: 'Enable it, or set AWS_PROFILE and AWS_REGION to where it is.' },
  );
}

const NOT_CONSOLIDATED = observation(
  TOPIC,
  'note',
  'not-consolidated',
  'A control makes one finding for each standard that has it.',
  {
    advice:
      'Let rules ask for Compliance.SecurityControlId, which stays the same; GeneratorId, Title and Types change once consolidated control findings are switched on.',
  },
);

function besides(newHub: Answer<string | null>): readonly Observation[] {
  if (newHub.kind === 'unanswered')
    return [unseen(TOPIC, 'Whether the new Security Hub is enabled', newHub.failed)];
  if (newHub.value === null) return [];
  return [
    observation(
      TOPIC,
      'note',
      'both',
      'The new Security Hub is enabled as well, and sends an event of its own for the same issue. This product leaves those alone.',
      {
        advice: 'Let pagers and tickets listen for one of the two kinds, or they get each issue twice.',
        data: { arn: newHub.value },
      },
    ),
  ];
}

/** Automation rules of the new Security Hub; asked only where it is enabled. */
export function checkNewRules(rules: Answer<readonly NewRule[]>): readonly Observation[] {
  if (rules.kind === 'unanswered')
    return [unseen('automation-rules', 'Automation rules of the new Security Hub', rules.failed)];
  const enabled = rules.value.filter(({ isEnabled }) => isEnabled);
  if (enabled.length === 0) return [];
  const one = enabled.length === 1;
  return [
    observation(
      'automation-rules',
      'note',
      'new-rules',
      `${enabled.length} automation ${one ? 'rule' : 'rules'} of the new Security Hub ${one ? 'acts' : 'act'} on its findings. Whether that reaches the findings of Security Hub CSPM is not documented.`,
      {
        advice: 'Give each field one owner: these rules, or rules here.',
        details: enabled.map(({ name, actions }) => `"${name}" (${actions.join(', ')})`),
        data: enabled,
      },
    ),
  ];
}
