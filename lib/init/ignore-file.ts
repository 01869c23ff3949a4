/** What no repository of rules commits: what npm installs, what CDK synthesizes, what runs leave with --out. */
const IGNORED = ['node_modules/', 'cdk.out/', 'out/'];

/** The .gitignore that is there, or none, with what is missing at its end. */
export function ignoreFileFor(existing = ''): string {
  const known = new Set(existing.split('\n').map((line) => line.trim().replace(/^\/|\/$/g, '')));
  const missing = IGNORED.filter((name) => !known.has(name.replace(/\/$/, '')));
  const before = existing === '' || existing.endsWith('\n') ? existing : `${existing}\n`;
  return [before, ...missing.map((name) => `${name}\n`)].join('');
}
