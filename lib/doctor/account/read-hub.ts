import { asked } from '../../account/call-failed.ts';
import { type Answer, answerOrMeaning, type FailedCall } from './answer.ts';
import type { Connection } from './connect.ts';

/** Security Hub CSPM where it is enabled. */
export interface EnabledHub {
  readonly arn: string;
  /** One finding a control, or one for each standard that has the control. */
  readonly controlFindings: 'SECURITY_CONTROL' | 'STANDARD_CONTROL' | null;
}

/** Null where it is not enabled. */
export function readHub({ hub: { client, sdk } }: Connection): Promise<Answer<EnabledHub | null>> {
  return answerOrMeaning<EnabledHub | null>(async () => {
    const { HubArn = '', ControlFindingGenerator = null } = await asked(
      'securityhub:DescribeHub',
      'the hub',
      () => client.send(new sdk.DescribeHubCommand()),
    );
    return { arn: HubArn, controlFindings: ControlFindingGenerator };
  }, meansNotEnabled);
}

/** The ARN of the new Security Hub; null where it is not enabled. */
export function readNewHub({ hub: { client, sdk } }: Connection): Promise<Answer<string | null>> {
  return answerOrMeaning<string | null>(async () => {
    const { HubV2Arn = '' } = await asked('securityhub:DescribeSecurityHubV2', 'the new Security Hub', () =>
      client.send(new sdk.DescribeSecurityHubV2Command()),
    );
    return HubV2Arn;
  }, meansNotEnabled);
}

/** "Account … is not subscribed to AWS Security Hub", or no such resource. */
function meansNotEnabled({ failure: { cause } }: FailedCall): { readonly value: null } | null {
  const isMissing = cause.code === 'ResourceNotFoundException';
  return isMissing || /not subscribed to/i.test(cause.message) ? { value: null } : null;
}
