import type { Manifest } from '../package/manifest.ts';

type Members = Readonly<Record<string, unknown>>;

/** The package.json of the new repository, or why the one that is there cannot become it. */
export type PackageJson = { readonly text: string } | { readonly fault: string };

/** Scripts of ours that are the same command to whoever has installed us. */
const SCRIPTS = ['start', 'local', 'triage', 'synth'];
/** What the app is written with, and what its scripts run on, in the versions that ours are tried with. */
const LIBRARIES = ['aws-cdk-lib', 'constructs'];
const TOOLS = ['aws-cdk', 'node'];

/**
 * Adds what the repository needs to the package.json that is there, or to none; whatever it says stays as it is. Faults
 * are what cannot stay: an app and scripts that would not run. While we are not published, it does not name us by itself.
 *
 * @param existing its text, where there is one.
 */
export function packageJsonFor(
  existing: string | undefined,
  folderName: string,
  ours: Manifest,
): PackageJson {
  const present = existing === undefined ? {} : objectOf(existing);
  if (present === undefined) return { fault: 'it is no JSON object' };
  if (present.type !== undefined && present.type !== 'module')
    return { fault: `it says "type": ${JSON.stringify(present.type)}, and bin/app.ts needs "module"` };
  const scripts = scriptsOf(ours);
  const { triage } = members(present.scripts);
  if (triage !== undefined && triage !== scripts.triage)
    return {
      fault: `its script "triage" is not ${JSON.stringify(scripts.triage)}, by which workflows and editors call it`,
    };

  const named = { ...members(present.dependencies), ...members(present.devDependencies) };
  const missing = (wanted: Members) =>
    Object.fromEntries(Object.entries(wanted).filter(([name]) => !(name in named)));
  const versions = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, ours.devDependencies[name]]));
  const whole = {
    ...(existing === undefined && { name: nameOf(folderName), private: true }),
    ...present,
    type: 'module',
    scripts: { ...scripts, ...members(present.scripts) },
    allowScripts: { ...ours.allowScripts, ...members(present.allowScripts) },
    overrides: { ...ours.overrides, ...members(present.overrides) },
    dependencies: sorted({
      ...missing({ ...versions(LIBRARIES), ...(!ours.private && { [ours.name]: ours.version }) }),
      ...members(present.dependencies),
    }),
    devDependencies: sorted({ ...missing(versions(TOOLS)), ...members(present.devDependencies) }),
  };
  return { text: `${JSON.stringify(whole, null, 2)}\n` };
}

function scriptsOf({ scripts }: Manifest): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(
      SCRIPTS.map((name) => [name, scripts[name]?.replace('node bin/triage.ts', 'triage') ?? '']),
    ),
    check: 'triage lint && triage test --coverage --mutate && cdk synth --quiet',
  };
}

function objectOf(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Members)
      : undefined;
  } catch {
    return undefined;
  }
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function sorted(named: Members): Members {
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name: small letters, nothing that an address escapes. */
function nameOf(folderName: string): string {
  const name = folderName
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|-+$/g, '');
  return name === '' ? 'triage-rules' : name.slice(0, 214);
}
