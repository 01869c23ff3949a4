import { DENIED } from '../demands/enforcing.ts';
import { dropped, type Mutant, statement, type Target } from '../mutant.ts';

const FUNCTION_POLICY: Target = ['AWS::IAM::ManagedPolicy', /FunctionPolicy/];

/** Of a stack that enforces one rule. */
export const ENFORCING_MUTANTS: readonly Mutant[] = [
  ...(['*', 'securityhub:*', 'securityhub:Batch*'] as const).map((action) =>
    statement(`the function may do ${action}`, FUNCTION_POLICY, '"UpdateFindings"', (one) => {
      one.Action = action;
    }),
  ),
  statement("the function updates everybody's hub", FUNCTION_POLICY, '"UpdateFindings"', (one) => {
    one.Resource = '*';
  }),
  statement('the function may not update', FUNCTION_POLICY, '"UpdateFindings"', dropped),
  statement('the function may suppress', FUNCTION_POLICY, 'DenyWorkflowStatus', (one) => {
    one.Condition = { StringEquals: { 'securityhub:ASFFSyntaxPath/Workflow.Status': ['RESOLVED'] } };
  }),
  statement('the function may set any status', FUNCTION_POLICY, 'DenyWorkflowStatus', dropped),
  statement('the function may set no status', FUNCTION_POLICY, 'DenyWorkflowStatus', (one) => {
    one.Condition = { Null: { 'securityhub:ASFFSyntaxPath/Workflow.Status': 'false' } };
  }),
  statement('the function may set any verification', FUNCTION_POLICY, 'DenyVerificationState', dropped),
  ...DENIED.map((member) =>
    statement(
      `the function may write ${member}`,
      FUNCTION_POLICY,
      `Deny${member.replace('.', '')}"`,
      dropped,
    ),
  ),
  statement('a denial holds where the field is absent', FUNCTION_POLICY, 'DenyConfidence', (one) => {
    one.Condition = { Null: { 'securityhub:ASFFSyntaxPath/Confidence': 'true' } };
  }),
];
