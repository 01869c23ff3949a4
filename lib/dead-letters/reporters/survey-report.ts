import type { QueueSurvey } from '../survey.ts';

/** What `triage dead-letters list` found. */
export interface SurveyReport {
  readonly nowMs: number;
  readonly queues: readonly QueueSurvey[];
}
