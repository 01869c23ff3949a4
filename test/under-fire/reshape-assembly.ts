import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeployedAssembly } from './deployed-assembly.ts';

/** Properties of one kind of resource that a copy of the template has otherwise. */
export type Changes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A copy of the assembly with the very same asset and other settings, by resource type, e.g.
 * `{ 'AWS::Lambda::Function': { Timeout: 8 } }`: bundling once is enough for all that is tried on it.
 */
export function reshapeAssembly(
  { assemblyDir, ruleset }: DeployedAssembly,
  changes: Changes,
): DeployedAssembly {
  const dir = mkdtempSync(join(tmpdir(), 'securityhub-triage-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  cpSync(assemblyDir, dir, { recursive: true });
  for (const name of readdirSync(dir).filter((file) => file.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(dir, name), 'utf8')) as Template;
    for (const resource of Object.values(template.Resources))
      resource.Properties = { ...resource.Properties, ...changes[resource.Type] };
    writeFileSync(join(dir, name), JSON.stringify(template));
  }
  return { assemblyDir: dir, ruleset };
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; Properties?: object }>>;
}
