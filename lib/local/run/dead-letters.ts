import type { FindingUpdate } from '../../findings/update.ts';
import type { Cause } from '../../triage/decision.ts';
import type { LocalAccount } from '../account.ts';

/** One message of a dead-letter queue. */
export interface DeadLetterRecord {
  readonly queue: string;
  /** Parsed; the text itself where it is no JSON. */
  readonly body: unknown;
  readonly attributes: unknown;
  /** The finding in it; undefined where the body is no event. */
  readonly finding: unknown;
  readonly cause?: Cause;
  readonly update?: FindingUpdate | null;
}

/** Everything in the queues that some queue or event target names as its dead-letter queue. */
export function deadLettersOf({ resources, queues }: LocalAccount): readonly DeadLetterRecord[] {
  const named = new Set([
    ...resources.queues.flatMap(({ attributes }) => redriveTarget(attributes.RedrivePolicy)),
    ...resources.eventRules.flatMap(({ targets }) =>
      targets.flatMap(({ deadLetterArn }) => deadLetterArn ?? []),
    ),
  ]);
  return resources.queues
    .filter(({ arn }) => named.has(arn))
    .flatMap(({ name }) =>
      queues.peek(name).map((message) => {
        const body = parse(message.body);
        const { triage, detail } = (body ?? {}) as {
          readonly triage?: { readonly cause?: Cause; readonly update?: FindingUpdate | null };
          readonly detail?: { readonly findings?: readonly unknown[] };
        };
        return {
          queue: name,
          body: body ?? message.body,
          attributes: message.attributes,
          finding: detail?.findings?.[0],
          ...(triage?.cause && { cause: triage.cause }),
          ...(triage?.update !== undefined && { update: triage.update }),
        };
      }),
    );
}

function redriveTarget(policy: string | undefined): readonly string[] {
  const { deadLetterTargetArn } = (parse(policy ?? '') ?? {}) as { readonly deadLetterTargetArn?: string };
  return deadLetterTargetArn === undefined ? [] : [deadLetterTargetArn];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
