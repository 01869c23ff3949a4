import type { LocalStack } from './assembly/local-resources.ts';
import type { Principals } from './principals.ts';
import { type QueryApi, type QueryOperation, refuseQuery } from './query/query-api.ts';

/** CloudFormation as far as people ask a stack for its outputs: DescribeStacks. */
export function createCloudFormation(
  stacks: readonly LocalStack[],
  principals: Principals,
  deployedAtMs: number,
): QueryApi {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
  const describeStacks: QueryOperation = (callerArn, { StackName: asked }) => {
    const found = stacks.filter(({ name, id }) => asked === undefined || asked === name || asked === id);
    const action = 'cloudformation:DescribeStacks';
    const resourceArn = found.length === 1 ? (found[0]?.id ?? '*') : '*';
    if (principals.authorize(callerArn, { action, resourceArn, conditionKeys: {} }) === 'denied') {
      const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resourceArn}`;
      return refuseQuery('AccessDenied', 403, message);
    }
    if (asked !== undefined && found.length === 0)
      return refuseQuery('ValidationError', 400, `Stack with id ${asked} does not exist`);
    return {
      Stacks: found.map(({ id, name, outputs }) => ({
        StackId: id,
        StackName: name,
        CreationTime: new Date(deployedAtMs),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      })),
    };
  };
  return {
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: new Map([['DescribeStacks', describeStacks]]),
  };
}
