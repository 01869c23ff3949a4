import { AssemblyError } from './assembly-error.ts';
import { listOfTexts, optionalNumber, optionalText, type Properties } from './property-values.ts';

/** How often a task is tried again after these errors, and how far apart. */
export interface LocalRetrier {
  readonly errors: readonly string[];
  /** Before the first retry. */
  readonly intervalSeconds: number;
  /** What each wait is multiplied by for the next. */
  readonly backoffRate: number;
  /** Beyond which no wait grows. */
  readonly maxDelaySeconds?: number;
  /** Of retries, not of tries: 0 is none. */
  readonly maxAttempts: number;
  /** FULL: the wait is anything from nothing to what it would be. */
  readonly jitter: 'NONE' | 'FULL';
}

/** One of a state's retriers, with the defaults of the service; one that it would refuse is refused here. */
export function readRetrier(logicalId: string, state: string, retry: Properties): LocalRetrier {
  const read = (name: string, { least, most, whole = true }: Range): number | undefined => {
    const value = optionalNumber(logicalId, retry, name);
    if (value === undefined || (value >= least && value <= most && (!whole || Number.isInteger(value))))
      return value;
    const kind = whole ? 'an integer' : 'a number';
    throw new AssemblyError(
      `${logicalId}: ${name} of a retry of ${state} has to be ${kind} from ${least} to ${most}, not ${value}.`,
    );
  };
  const maxDelaySeconds = read('MaxDelaySeconds', { least: 1, most: MOST_DELAY_SECONDS });
  const jitter = optionalText(logicalId, retry, 'JitterStrategy') ?? 'NONE';
  if (jitter !== 'NONE' && jitter !== 'FULL')
    throw new AssemblyError(
      `${logicalId}: JitterStrategy of a retry of ${state} has to be FULL or NONE, not ${jitter}.`,
    );
  return {
    errors: listOfTexts(logicalId, retry, 'ErrorEquals'),
    intervalSeconds: read('IntervalSeconds', { least: 1, most: MOST }) ?? 1,
    backoffRate: read('BackoffRate', { least: 1, most: Number.MAX_VALUE, whole: false }) ?? 2,
    ...(maxDelaySeconds !== undefined && { maxDelaySeconds }),
    maxAttempts: read('MaxAttempts', { least: 0, most: MOST }) ?? 3,
    jitter,
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html; a rate from 1 is the language's. */
const MOST_DELAY_SECONDS = 31_622_400;
const MOST = 99_999_999;
