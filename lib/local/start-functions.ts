import type { LocalResources } from './assembly/local-resources.ts';
import type { CloudWatch } from './cloudwatch/cloudwatch.ts';
import { functionMetrics } from './cloudwatch/service-metrics.ts';
import type { FunctionSurroundings } from './lambda/function-environment.ts';
import { createLocalFunction, type LocalFunction } from './lambda/local-function.ts';
import type { Principals } from './principals.ts';

/** The template's functions by name; each has the credentials of its own role. */
export function startFunctions(
  { functions }: LocalResources,
  {
    principals,
    ...surroundings
  }: Omit<FunctionSurroundings, 'credentials'> & { readonly principals: Principals },
  record: CloudWatch['record'],
): ReadonlyMap<string, LocalFunction> {
  return new Map(
    functions.map((spec) => [
      spec.name,
      createLocalFunction(
        spec,
        { ...surroundings, credentials: principals.credentialsOf(spec.roleArn) },
        functionMetrics(spec, record),
      ),
    ]),
  );
}
