import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import type { Access } from './access.ts';
import type { MapsReading } from './apply-update.ts';
import type { CustomAction, CustomActionEvent } from './custom-action-event.ts';
import type { Faults } from './faults.ts';
import type { HubSettings } from './hub-settings.ts';
import type { ImportedEvent } from './imported-event.ts';
import type { Operation } from './limits.ts';
import type { OpenReadings } from './open-readings.ts';
import type { Reply } from './reply.ts';

export interface SecurityHubOptions {
  readonly accountId: string;
  readonly region: string;
  readonly partition?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes every event of findings: imported, updated, or selected for a custom action. */
  readonly emit: (event: ImportedEvent | CustomActionEvent) => void;
  /** Event ids; random UUIDs unless given. */
  readonly newId?: () => string;
  /** `replace` unless given. */
  readonly maps?: MapsReading;
  /** False: an update that changes nothing emits nothing. Undocumented; true unless given. */
  readonly emitNoOp?: boolean;
  /** How else to read what is undocumented; those that are not given are CHOSEN_READINGS. */
  readonly readings?: Partial<OpenReadings>;
  /** `off` lifts the documented rates. */
  readonly quotas?: 'documented' | 'off';
  /** The error of a throttled call: `TooManyRequestsException` was seen on the wire, the model has another. */
  readonly throttledAs?: string;
}

export interface RecordedCall {
  /** ISO 8601, when the call arrived. */
  readonly at: string;
  readonly operation: Operation;
  readonly request: unknown;
  /** Null where the caller got no answer. */
  readonly status: number | null;
  /** What was answered, or would have been had the connection held; null for a call that hangs. */
  readonly reply: unknown;
}

/** What the caller gets to see of a call. */
export type Delivery =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly delayMs: number }
  | { readonly kind: 'cut'; readonly delayMs: number }
  | { readonly kind: 'hang' };

/** Who calls, and what their policies say to it. A call without a caller may everything. */
export interface Caller {
  readonly principalArn: string;
  readonly authorize: (access: Access) => 'allowed' | 'denied';
}

export interface SecurityHub {
  readonly region: string;
  readonly faults: Faults;
  readonly call: (operation: Operation, request: unknown, caller?: Caller) => Delivery;
  /** Puts raw findings in as they are, without events: real ones often miss required members. */
  readonly seed: (findings: readonly Finding[]) => void;
  /** Emits the finding's event as it stands, as if its provider had just sent it; false if there is none. */
  readonly emitImported: (identifier: FindingIdentifier) => boolean;
  /** Presses a custom action on a finding as it stands, as an analyst would; false if there is no such finding. */
  readonly press: (action: CustomAction, identifier: FindingIdentifier) => boolean;
  /** How the hub is set up; those that are not given stay. */
  readonly set: (settings: Partial<HubSettings>) => void;
  readonly findings: () => readonly Finding[];
  readonly calls: () => readonly RecordedCall[];
}
