import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { identityFault } from '../../../lib/findings/read-event.ts';
import type { Invocation } from '../ledger.ts';
import { OWN_SETTINGS } from '../own-settings.ts';
import { DEAD_LETTERS } from '../world.ts';
import type { Invariant } from './invariant.ts';

const TWO_HOURS_MS = 2 * 3_600_000;

export const returning: Invariant = {
  id: 'I16',
  name: 'returning',
  says: 'What is returned was tried or could not be, and asks for its own delay; a batch of nothing else throws; SQS gives no message up within two hours.',
  watch: (world, { holds }) => {
    const delayed = new WeakMap<Invocation, Set<string>>();
    const named = new WeakMap<Invocation, Set<string>>();
    const firstReceivedMs = new Map<string, number>();
    world.queues.subscribe(({ kind, queueName, messageId }) => {
      const nowMs = world.time.nowMs();
      if (kind === 'received' && !firstReceivedMs.has(messageId)) firstReceivedMs.set(messageId, nowMs);
      if (kind !== 'deadLettered' || queueName !== DEAD_LETTERS) return;
      const heldMs = nowMs - (firstReceivedMs.get(messageId) ?? nowMs);
      // With a shorter timeout, messages of processes that die come again sooner.
      if (world.schedule.settings.functionTimeoutMs === OWN_SETTINGS.functionTimeoutMs)
        holds(
          heldMs >= TWO_HOURS_MS,
          () => `SQS gave message ${messageId} up after ${Math.round(heldMs / 60_000)} minutes`,
        );
    });
    return {
      onCall({ invocation, operation, request }) {
        const keys = named.get(invocation) ?? new Set();
        named.set(invocation, keys);
        for (const key of keysIn(operation, request)) keys.add(key);
        if (operation !== 'ChangeMessageVisibilityBatch') return;
        const handles = delayed.get(invocation) ?? new Set();
        delayed.set(invocation, handles);
        for (const { ReceiptHandle } of request.Entries as readonly { readonly ReceiptHandle: string }[])
          handles.add(ReceiptHandle);
      },
      onReturned({ invocation, threw, receiptHandles, isWholeBatch }) {
        const asked = delayed.get(invocation);
        holds(
          receiptHandles.every((handle) => asked?.has(handle)),
          () => `invocation ${invocation.number} returned messages and asked for no delay`,
        );
        for (const { key, cause } of untried(invocation, named.get(invocation) ?? new Set()))
          holds(false, () => `invocation ${invocation.number} returned ${key} untried: ${cause}`);
        const endings = [...invocation.endings, ...invocation.unread];
        const allFailed =
          endings.length > 0 &&
          endings.every(({ outcome, cause }) => outcome === 'returned' && cause !== 'SuppressionBudget');
        holds(
          threw === (isWholeBatch && allFailed),
          () =>
            `invocation ${invocation.number} ${threw ? 'threw' : 'answered'} although ${isWholeBatch ? 'all' : 'some'} returned`,
        );
      },
    };
  },
};

/** Why a finding may return that no call named: no time or no budget was left. */
const NOT_TRIED = ['DeadlineNear', 'SuppressionBudget'];

/** Returned findings that no call named, though nothing stood in the way: not even a failure that another one met. */
function untried({ endings }: Invocation, named: ReadonlySet<string>): Invocation['endings'] {
  const returned = endings.filter(({ outcome }) => outcome === 'returned');
  const met = new Set(returned.flatMap(({ key, cause }) => (named.has(key) ? [cause] : [])));
  return returned.filter(
    ({ key, cause }) => !named.has(key) && !met.has(cause) && !NOT_TRIED.includes(String(cause)),
  );
}

/** The findings that a call to Security Hub, or a dead letter, names. */
function keysIn(operation: string, request: Readonly<Record<string, unknown>>): readonly string[] {
  if (operation === 'BatchUpdateFindings')
    return (request.FindingIdentifiers as readonly FindingIdentifier[]).map(findingKey);
  if (operation === 'SendMessageBatch')
    return (request.Entries as readonly { readonly MessageBody: string }[]).flatMap(({ MessageBody }) => {
      const { detail } = JSON.parse(MessageBody) as Letter;
      return (detail?.findings ?? []).filter((one) => identityFault(one) === null).map(findingKey);
    });
  if (operation !== 'GetFindings') return [];
  const { Id = [], ProductArn = [] } = request.Filters as Filters;
  return Id.flatMap((id) => ProductArn.map((arn) => findingKey({ Id: id.Value, ProductArn: arn.Value })));
}

interface Letter {
  readonly detail?: { readonly findings?: readonly FindingIdentifier[] };
}

type Filters = Readonly<Record<'Id' | 'ProductArn', readonly { readonly Value: string }[] | undefined>>;
