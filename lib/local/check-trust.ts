import { AssemblyError } from './assembly/assembly-error.ts';
import type { LocalResources } from './assembly/local-resources.ts';
import type { Principals } from './principals.ts';

interface Assuming {
  readonly logicalId: string;
  readonly arn: string;
  readonly roleArn: string;
}

/**
 * Throws AssemblyError where the role of a function or a state machine does not let its service take it on: Lambda
 * and Step Functions try when such a resource is made, so that the deployment fails. Roles never change here, so what
 * holds then holds whenever one runs. EventBridge is asked when it delivers: nobody says that it tries a target's role
 * before. Each service names the resource and its account as aws:SourceArn and aws:SourceAccount; of Lambda that is
 * not documented.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 */
export function checkTrust(
  { functions, stateMachines }: Pick<LocalResources, 'functions' | 'stateMachines'>,
  principals: Pick<Principals, 'mayServe'>,
  region: string,
): void {
  const check = ({ logicalId, arn, roleArn }: Assuming, services: readonly string[], refusal: string) => {
    if (services.some((service) => principals.mayServe(service, arn, roleArn) === 'allowed')) return;
    throw new AssemblyError(
      `${logicalId}: ${refusal} The trust policy of ${roleArn} does not let ${services.join(' or ')} act for ${arn}.`,
    );
  };
  for (const one of functions)
    check(one, ['lambda.amazonaws.com'], 'The role defined for the function cannot be assumed by Lambda.');
  for (const one of stateMachines)
    check(
      one,
      ['states.amazonaws.com', `states.${region}.amazonaws.com`],
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
}
