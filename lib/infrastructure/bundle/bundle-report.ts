import type { Metafile } from 'esbuild';

/** What a package adds to a bundle, in bytes of output. */
export interface PackageShare {
  readonly name: string;
  readonly bytes: number;
  /** Of them, what Node loads before the first event. */
  readonly initBytes: number;
}

/** What a bundle is made of, in bytes of output. */
export interface BundleReport {
  readonly totalBytes: number;
  /** What Node loads before the first event: the entry and the chunks it imports statically. */
  readonly initBytes: number;
  /** Largest first; code of ours counts under `securityhub-triage`. */
  readonly packages: readonly PackageShare[];
}

const OURS = 'securityhub-triage';

/** Attributes every byte of the output to the npm package it came from, so that what ships can be checked. */
export function reportBundle(metafile: Metafile, entryOutput: string): BundleReport {
  const loadedAtInit = initOutputs(metafile, entryOutput);
  const shares = new Map<string, { name: string; bytes: number; initBytes: number }>();
  for (const [outputPath, output] of Object.entries(metafile.outputs)) {
    for (const [inputPath, { bytesInOutput }] of Object.entries(output.inputs)) {
      const name = packageOf(inputPath);
      const share = shares.get(name) ?? { name, bytes: 0, initBytes: 0 };
      share.bytes += bytesInOutput;
      if (loadedAtInit.has(outputPath)) share.initBytes += bytesInOutput;
      shares.set(name, share);
    }
  }
  const packages = [...shares.values()]
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  const outputs = Object.entries(metafile.outputs);
  const bytesOf = (files: typeof outputs) => files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  return {
    totalBytes: bytesOf(outputs),
    initBytes: bytesOf(outputs.filter(([path]) => loadedAtInit.has(path))),
    packages,
  };
}

/** The report as a Markdown table, largest package first. */
export function formatBundleReport(report: BundleReport): string {
  const rows = report.packages.map(
    ({ name, bytes, initBytes }) => `| ${name} | ${kib(bytes)} | ${initBytes === 0 ? '' : kib(initBytes)} |`,
  );
  return [
    '| package | KiB | at start |',
    '|---|---:|---:|',
    ...rows,
    `| **total** | **${kib(report.totalBytes)}** | **${kib(report.initBytes)}** |`,
  ].join('\n');
}

function packageOf(inputPath: string): string {
  const inside = inputPath.split('node_modules/').at(-1);
  if (inside === undefined || inside === inputPath) return OURS;
  const [first = '', second = ''] = inside.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function initOutputs(metafile: Metafile, entryOutput: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const pending = [entryOutput];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const output = metafile.outputs[path];
    if (output === undefined || loaded.has(path)) continue;
    loaded.add(path);
    for (const imported of output.imports)
      if (imported.kind === 'import-statement') pending.push(imported.path);
  }
  return loaded;
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
