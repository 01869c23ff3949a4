import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-root.ts';

/** What our own package.json says; it ships with the package, development dependencies among it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Not published: under its name a registry has nothing, or what somebody else put there. */
  readonly private?: boolean;
  readonly scripts: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly overrides: Readonly<Record<string, string>>;
  /** The versions that everything was tried with, exact. */
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly repository?: string | { readonly url?: string };
}

/** Reads it anew each time: commands ask once. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as Manifest;
}
