import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssemblyError } from './assembly-error.ts';
import { isRecord } from './property-values.ts';

/** One resource as the template holds it: references and conditions not yet resolved. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

/** One synthesized stack: its template and where its file assets lie. */
export interface SynthesizedStack {
  readonly name: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** By S3 object key (`<hash>.zip`): the asset's folder or file on this disk. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Reads what `cdk synth` wrote (manifest, templates, asset manifests), so that the local account is built from
 * the artefact that would be deployed and not from the code that made it. Stages' nested assemblies included.
 * Throws AssemblyError where the folder is no cloud assembly.
 */
export function readCloudAssembly(dir: string): readonly SynthesizedStack[] {
  const artifacts = Object.entries(recordAt(readJson(join(dir, 'manifest.json')), 'artifacts'));
  const assets = new Map(artifacts.flatMap(([, artifact]) => fileAssets(dir, artifact)));
  return artifacts.flatMap(([id, artifact]) => {
    if (!isRecord(artifact)) {
      return [];
    }
    const properties = recordAt(artifact, 'properties');
    if (artifact.type === 'cdk:cloud-assembly') {
      return readCloudAssembly(join(dir, textAt(properties, 'directoryName')));
    }
    return artifact.type === 'aws:cloudformation:stack' ? [readStack(dir, id, properties, assets)] : [];
  });
}

function readStack(
  dir: string,
  artifactId: string,
  properties: Readonly<Record<string, unknown>>,
  assets: ReadonlyMap<string, string>,
): SynthesizedStack {
  const template = readJson(join(dir, textAt(properties, 'templateFile')));
  return {
    // Only a stack whose name differs from its artifact id is written with one.
    name: typeof properties.stackName === 'string' ? properties.stackName : artifactId,
    ...templateParts(template),
    assets,
  };
}

/** What one template holds, without the assembly around it. */
export function templateParts(template: unknown): Omit<SynthesizedStack, 'name' | 'assets'> {
  return {
    resources: new Map(
      Object.entries(recordAt(template, 'Resources')).map(([id, body]) => [id, resourceOf(body)]),
    ),
    parameters: recordAt(template, 'Parameters'),
    conditions: recordAt(template, 'Conditions'),
    mappings: recordAt(template, 'Mappings'),
    outputs: recordAt(template, 'Outputs'),
  };
}

function resourceOf(body: unknown): TemplateResource {
  const record = isRecord(body) ? body : {};
  return {
    Type: String(record.Type),
    Properties: recordAt(record, 'Properties'),
    ...(typeof record.Condition === 'string' ? { Condition: record.Condition } : {}),
  };
}

function fileAssets(dir: string, artifact: unknown): (readonly [string, string])[] {
  if (!isRecord(artifact) || artifact.type !== 'cdk:asset-manifest') {
    return [];
  }
  const manifest = readJson(join(dir, textAt(recordAt(artifact, 'properties'), 'file')));
  return Object.values(recordAt(manifest, 'files')).flatMap((file) => {
    const path = resolve(dir, textAt(recordAt(file, 'source'), 'path'));
    const destinations = Object.values(recordAt(file, 'destinations'));
    return destinations.map((destination) => [textAt(destination, 'objectKey'), path] as const);
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new AssemblyError(`${path} cannot be read: is the folder a synthesized cloud assembly?`, { cause });
  }
}

function recordAt(value: unknown, member: string): Readonly<Record<string, unknown>> {
  const found = isRecord(value) ? value[member] : undefined;
  return isRecord(found) ? found : {};
}

function textAt(value: unknown, member: string): string {
  const found = isRecord(value) ? value[member] : undefined;
  if (typeof found !== 'string') {
    throw new AssemblyError(`The cloud assembly lacks the member "${member}".`);
  }
  return found;
}
