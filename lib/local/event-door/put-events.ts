import { randomUUID } from 'node:crypto';
import type { Principals } from '../principals.ts';
import { checkEntry, checkRequest, type Entry } from './check-put-events.ts';
import { createFaults, type EventFaults } from './faults.ts';
import type { EventsRefusal, PutEventsReply } from './reply.ts';

/** An event as the bus that took it hands it to its rules. */
export interface PutEvent {
  readonly bus: string;
  readonly event: Readonly<Record<string, unknown>> & {
    readonly source: string;
    readonly 'detail-type': string;
  };
}

/** The door by which applications put events of their own. */
export interface EventDoor {
  readonly put: (callerArn: string, request: unknown) => PutEventsReply | EventsRefusal;
  /** A bus of the account by its name or ARN. */
  readonly find: (nameOrArn: string) => { readonly name: string; readonly arn: string } | undefined;
  /** Every event that a bus took, in order. */
  readonly taken: () => readonly PutEvent[];
  readonly faults: EventFaults;
}

export interface EventDoorOptions {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** The names of the account's event buses beside the default one. */
  readonly buses: readonly string[];
  readonly authorize: Principals['authorize'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes what is put on the default bus. */
  readonly emit: (event: unknown) => void;
}

/**
 * PutEvents: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html. Each entry asks for its
 * bus, with its source and detail type as condition keys; one that is denied refuses the whole call. An entry for a
 * bus that is not there is answered like any other and goes nowhere: https://github.com/aws/aws-cli/issues/9186
 */
export function createEventDoor(options: EventDoorOptions): EventDoor {
  const { accountId, region, partition, authorize } = options;
  const buses = new Set(['default', ...options.buses]);
  const taken: PutEvent[] = [];
  const faults = createFaults();

  const arnOf = (bus: string) =>
    bus.startsWith('arn:') ? bus : `arn:${partition}:events:${region}:${accountId}:event-bus/${bus}`;

  function find(nameOrArn: string): ReturnType<EventDoor['find']> {
    const arn = arnOf(nameOrArn);
    const name = [...buses].find((bus) => arnOf(bus) === arn);
    return name === undefined ? undefined : { name, arn };
  }

  function denied(callerArn: string, { EventBusName = 'default', Source, DetailType }: Entry): boolean {
    const conditionKeys = {
      ...(Source !== undefined && { 'events:source': [Source] }),
      ...(DetailType !== undefined && { 'events:detail-type': DetailType }),
      'events:eventBusInvocation': 'false',
    };
    const access = { action: 'events:PutEvents', resourceArn: arnOf(EventBusName), conditionKeys };
    return authorize(callerArn, access) === 'denied';
  }

  function take(entry: Entry): PutEventsReply['Entries'][number] {
    const fault = checkEntry(entry) ?? faults.takeEntryFault();
    if (fault !== undefined) return fault;
    const id = randomUUID();
    const event = {
      version: '0',
      id,
      'detail-type': entry.DetailType ?? '',
      source: entry.Source ?? '',
      account: accountId,
      time: new Date(entry.Time === undefined ? options.now() : entry.Time * 1000)
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
      region,
      resources: entry.Resources ?? [],
      detail: JSON.parse(entry.Detail ?? '{}'),
    };
    const bus = find(entry.EventBusName ?? 'default')?.name;
    if (bus !== undefined) taken.push({ bus, event });
    if (bus === 'default') options.emit(event);
    return { EventId: id };
  }

  return {
    find,
    taken: () => taken,
    faults: faults.door,
    put(callerArn, request) {
      const refusal = faults.takeCallFault() ?? checkRequest(request);
      if ('refused' in refusal) return refusal;
      const { entries } = refusal;
      const barred = entries.find((entry) => denied(callerArn, entry));
      if (barred !== undefined) {
        const message = `User: ${callerArn} is not authorized to perform: events:PutEvents on resource: ${arnOf(barred.EventBusName ?? 'default')}`;
        return { refused: 'AccessDeniedException', status: 400, message };
      }
      const Entries = entries.map(take);
      return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries };
    },
  };
}
