import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Manifest, readManifest } from '../../package/manifest.ts';
import type { TriageConfiguration } from '../configuration/configuration.ts';

/**
 * Says for each alarm where its section of the runbook is, so that whoever is woken by it can open that. The setting
 * counts, else the repository that package.json names; where there is neither, synthesis warns.
 */
export function runbookOf(
  scope: Construct,
  { runbookUrl }: Pick<TriageConfiguration, 'runbookUrl'>,
  repository = repositoryOf(readManifest()),
): (title: string) => string {
  const address = runbookUrl ?? repository;
  if (address !== undefined) return (title) => `${address}#${anchorOf(title)}`;
  Annotations.of(scope).addWarningV2(
    'securityhub-triage:runbookUrl',
    'Alarms cannot say where their runbook is: set triage:runbookUrl to an address where people can read the README of securityhub-triage.',
  );
  return (title) => `README.md#${anchorOf(title)}, whose address is set by triage:runbookUrl`;
}

/** The page of a repository as package.json names it; undefined where that is no address of a page. */
export function repositoryOf({ repository }: Pick<Manifest, 'repository'>): string | undefined {
  const named = (typeof repository === 'string' ? repository : repository?.url) ?? '';
  const url = named
    .replace(/^git\+/, '')
    .replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .replace(/^github:/, 'https://github.com/')
    .replace(/\.git$/, '');
  return /^https:\/\/[^\s#]+$/.test(url) ? url : undefined;
}

/** The anchor that Markdown gives a heading of this title. */
function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
