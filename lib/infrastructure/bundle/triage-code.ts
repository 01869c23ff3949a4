import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { codeFile } from '../../package/package-root.ts';
import { refuse } from '../configuration/refusal.ts';
import type { LambdaName } from './bundle.ts';

const BUNDLE_SCRIPT = codeFile('lib/infrastructure/bundle/bundle');

/**
 * Code and rules of each function as one asset. Synthesis is synchronous and esbuild's plugins and splitting are
 * not, so the bundles are made in a process of its own; a rule it refuses stops synthesis with the diagnostics.
 */
export function triageCode(scope: Construct, rulesDir: string): Readonly<Record<LambdaName, lambda.Code>> {
  const assembly = Stage.of(scope)?.outdir;
  if (assembly === undefined) throw new Error(`${scope.node.path} is not inside a CDK app.`);
  const outDir = join(assembly, `bundle.${scope.node.addr}`);
  const { error, status, stderr } = spawnSync(
    process.execPath,
    [BUNDLE_SCRIPT, '--rules', rulesDir, '--out', outDir],
    { encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'] },
  );
  if (error) throw new Error('The bundle script could not be started.', { cause: error });
  if (status !== 0) refuse(stderr.trimEnd());
  const codeOf = (name: LambdaName) => lambda.Code.fromAsset(join(outDir, name));
  return { triage: codeOf('triage'), sweep: codeOf('sweep') };
}
