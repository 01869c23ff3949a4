import type { JsonObject } from './json.ts';

/** How Security Hub is set up in this account and Region, beside the findings. */
export interface HubSettings {
  /** Whether Security Hub CSPM is enabled, whose findings speak ASFF. */
  readonly cspm: boolean;
  /** One finding a control, or one for each standard that has the control. */
  readonly controlFindings: 'SECURITY_CONTROL' | 'STANDARD_CONTROL';
  /** Whether the new Security Hub is enabled, whose findings speak OCSF. */
  readonly newHub: boolean;
  /** The account whose member this one is. */
  readonly administrator: string | null;
  /** Accounts whose administrator this one is. */
  readonly members: readonly string[];
  /** Whether the organization has delegated Security Hub to this account. */
  readonly isDelegated: boolean;
  /** In the management account of the organization alone: to whom Security Hub is delegated, if to anybody. */
  readonly management: { readonly delegatedTo: string | null } | null;
  readonly aggregation: Aggregation | null;
  /** As BatchGetAutomationRules tells them. */
  readonly automationRules: readonly JsonObject[];
  /** Of the new Security Hub, as ListAutomationRulesV2 tells them. */
  readonly automationRulesV2: readonly JsonObject[];
}

/** Findings of several Regions come together in one. */
export interface Aggregation {
  readonly homeRegion: string;
  /** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingAggregator.html */
  readonly mode: 'ALL_REGIONS' | 'ALL_REGIONS_EXCEPT_SPECIFIED' | 'SPECIFIED_REGIONS' | 'NO_REGIONS';
  readonly regions: readonly string[];
}

/** An account of its own, with what Security Hub CSPM is when it has been enabled and nothing else was done. */
export const NEW_HUB_SETTINGS: HubSettings = {
  cspm: true,
  controlFindings: 'SECURITY_CONTROL',
  newHub: false,
  administrator: null,
  members: [],
  isDelegated: false,
  management: null,
  aggregation: null,
  automationRules: [],
  automationRulesV2: [],
};
