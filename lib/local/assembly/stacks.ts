import { AssemblyError } from './assembly-error.ts';
import type { SynthesizedStack } from './cloud-assembly.ts';
import { resolveIntrinsics, type Scope } from './intrinsics.ts';
import type { IgnoredResource, LocalStack } from './local-resources.ts';
import { isRecord } from './property-values.ts';

/** A stack with what it puts out; an output that refers to what the local account cannot name is listed as ignored. */
export function readStack(stack: SynthesizedStack, scope: Scope, ignored: IgnoredResource[]): LocalStack {
  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(stack.outputs)) {
    if (!isRecord(output)) continue;
    if (typeof output.Condition === 'string' && !scope.condition(output.Condition)) continue;
    try {
      outputs[name] = String(resolveIntrinsics(output.Value, scope));
    } catch (cause) {
      if (!(cause instanceof AssemblyError)) throw cause;
      ignored.push({ logicalId: name, type: 'Output', reason: cause.message });
    }
  }
  return { name: stack.name, id: String(scope.ref('AWS::StackId')), outputs };
}
