import { statSync } from 'node:fs';
import { AssemblyError } from './assembly-error.ts';
import type { LocalFunctionSpec } from './local-resources.ts';
import { optionalNumber, optionalText, recordOf, requiredText } from './property-values.ts';
import type { Ignored, ResolvedResource } from './resolved-resource.ts';

/** Defaults of CreateFunction. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** A Node.js function whose code is an asset of the assembly; other runtimes, images and inline code are ignored. */
export function readFunction(resource: ResolvedResource): LocalFunctionSpec | Ignored {
  const { logicalId, properties } = resource;
  const runtime = optionalText(logicalId, properties, 'Runtime');
  if (runtime === undefined || !runtime.startsWith('nodejs')) {
    return { ignored: `runtime ${runtime ?? 'of an image'} is not run locally` };
  }
  const objectKey = optionalText(logicalId, recordOf(logicalId, properties, 'Code'), 'S3Key');
  if (objectKey === undefined) {
    return { ignored: 'its code is inline, not an asset' };
  }
  const name = resource.ref;
  const reservedConcurrency = optionalNumber(logicalId, properties, 'ReservedConcurrentExecutions');
  const logging = recordOf(logicalId, properties, 'LoggingConfig');
  return {
    logicalId,
    name,
    arn: resource.attribute('Arn'),
    assetDir: assetDir(resource, objectKey),
    handler: requiredText(logicalId, properties, 'Handler'),
    runtime,
    timeoutMs: 1000 * (optionalNumber(logicalId, properties, 'Timeout') ?? DEFAULT_TIMEOUT_SECONDS),
    memoryMb: optionalNumber(logicalId, properties, 'MemorySize') ?? DEFAULT_MEMORY_MB,
    environment: environmentOf(resource),
    roleArn: requiredText(logicalId, properties, 'Role'),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    logGroupName: optionalText(logicalId, logging, 'LogGroup') ?? `/aws/lambda/${name}`,
  };
}

function assetDir(resource: ResolvedResource, objectKey: string): string {
  const path = resource.assets.get(objectKey);
  if (path === undefined || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AssemblyError(
      `${resource.logicalId}: its code ${objectKey} is no folder among the assembly's assets.`,
    );
  }
  return path;
}

function environmentOf({ logicalId, properties }: ResolvedResource): Readonly<Record<string, string>> {
  const variables = recordOf(logicalId, recordOf(logicalId, properties, 'Environment'), 'Variables');
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
