/**
 * What rules and ownership need to know of the EventBridge event that brought a finding.
 * Envelope account and Region are left out on purpose: they are the bus's, not the finding's.
 */
export interface TriageEvent {
  /** The EventBridge detail-type, e.g. `Security Hub Findings - Imported`. */
  readonly detailType: string;
  /** `detail.actionName` of a custom action. */
  readonly actionName?: string;
  /** The custom action's id: the last segment of the action ARN in `resources[0]`. */
  readonly actionId?: string;
}
