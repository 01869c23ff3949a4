import type { UpdateTemplate } from '../rules/rule.ts';

/** What a rule writes, in few words and in the order of the API's members: `SUPPRESSED, severity LOW, note`. */
export function describeUpdate(params: UpdateTemplate): string {
  const { Workflow, Severity, VerificationState, Confidence, Criticality, Note } = params;
  const words = [
    Workflow?.Status,
    Severity && `severity ${Severity.Label}`,
    VerificationState,
    Confidence !== undefined && `confidence ${Confidence}`,
    Criticality !== undefined && `criticality ${Criticality}`,
    ...(params.Types ?? []).map((type) => `type "${type}"`),
    ...(params.RelatedFindings ?? []).map(({ Id }) => `related finding "${Id}"`),
    Note && 'note',
    ...Object.entries(params.UserDefinedFields ?? {}).map(([key, value]) => `${key} = "${value}"`),
  ];
  return words.filter((word) => typeof word === 'string').join(', ');
}
