import { isObject } from '../condition-sites.ts';
import { type Diagnostic, diagnose } from '../diagnostic.ts';
import type { ReadFile } from '../workspace.ts';
import { FORMAT_MEMBER, FORMAT_VERSION } from './format-version.ts';
import { FIRST_FORMAT } from './migrations.ts';

/** The format that a configuration says; undefined where it says none, or nothing that could be one. */
export function saidFormat(config: unknown): number | undefined {
  const said = isObject(config) ? config[FORMAT_MEMBER] : undefined;
  return typeof said === 'number' && Number.isInteger(said) && said >= FIRST_FORMAT ? said : undefined;
}

/**
 * Says that rules are written in another format than the one read here: nothing else that is wrong with them would
 * mean anything. Format n comes with version n of the package and is not read by those before.
 */
export function faultOfFormat(files: readonly ReadFile[], read = FORMAT_VERSION): Diagnostic | undefined {
  const config = files.find(({ kind }) => kind === 'config');
  const said = saidFormat(config?.value);
  const format = said ?? FIRST_FORMAT;
  const source = (config ?? files[0])?.source;
  if (format === read || source === undefined) return undefined;
  const message = `These rules are written in format ${format}; this version of triage reads format ${read}.`;
  const help =
    format > read
      ? `Install a version that reads it: ${installing(format)}`
      : 'triage migrate shows what changes; with --apply it changes them.';
  return diagnose(source, { path: said === undefined ? [] : [FORMAT_MEMBER] }, 'TR006', message, help);
}

/** Which version of the package reads a format. No registry is named: who installs decides where from. */
export function installing(format: number): string {
  return `securityhub-triage ${format}.x, as the README says of upgrades.`;
}
