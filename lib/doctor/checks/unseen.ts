import { type FailedCall, isRefusedByIam } from '../account/answer.ts';
import { type Observation, observation, type Topic } from '../observation.ts';

/** What could not be looked at, why, and what to do. `what` begins a sentence: `Native automation rules`. */
export function unseen(topic: Topic, what: string, failed: FailedCall): Observation {
  const { action, resource, failure } = failed;
  const { code, message } = failure.cause;
  const data = { action, resource, code, message };
  if (isRefusedByIam(failed) || /^(AccessDenied|NotAuthorized)/.test(code))
    return observation(topic, 'unseen', 'denied', `${what} could not be looked at: you lack ${action}.`, {
      advice: `Grant ${action}; the rest was looked at without it.`,
      data,
    });
  return observation(
    topic,
    'unseen',
    'failed',
    `${what} could not be looked at: ${action} failed with ${code}: ${message.replace(/\.?$/, '.')}`,
    { advice: ADVICE[failure.kind], data },
  );
}

const ADVICE: Readonly<Record<FailedCall['failure']['kind'], string>> = {
  refused: 'Report it with the code: what was asked does not depend on you.',
  denied: 'Look at AWS_PROFILE or your credentials, and at AWS_REGION.',
  throttled: 'Somebody else uses the quota of the account: repeat it later.',
  unavailable: 'Repeat it; look at the network and at AWS_ENDPOINT_URL_… where you set one.',
  late: 'Repeat it.',
};
