import type { Metafile } from 'esbuild';

/** What a bundle is made of, in bytes of output. */
export interface BundleReport {
  readonly totalBytes: number;
  /** What Node loads before the first event: the entry and the chunks it imports statically. */
  readonly initBytes: number;
  /** Largest first; code of ours counts under `securityhub-triage`. */
  readonly packages: readonly { readonly name: string; readonly bytes: number }[];
}

const OURS = 'securityhub-triage';

/** Attributes every byte of the output to the npm package it came from, so that what ships can be checked. */
export function reportBundle(metafile: Metafile, entryOutput: string): BundleReport {
  const outputs = Object.values(metafile.outputs);
  const bytesByPackage = new Map<string, number>();
  for (const output of outputs) {
    for (const [path, input] of Object.entries(output.inputs)) {
      const name = packageOf(path);
      bytesByPackage.set(name, (bytesByPackage.get(name) ?? 0) + input.bytesInOutput);
    }
  }
  const packages = [...bytesByPackage]
    .map(([name, bytes]) => ({ name, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  return {
    totalBytes: outputs.reduce((sum, output) => sum + output.bytes, 0),
    initBytes: initBytes(metafile, entryOutput),
    packages,
  };
}

/** The report as a Markdown table, largest package first. */
export function formatBundleReport(report: BundleReport): string {
  const rows = report.packages.map(({ name, bytes }) => `| ${name} | ${kib(bytes)} |`);
  return [
    '| package | KiB |',
    '|---|---:|',
    ...rows,
    `| **total** | **${kib(report.totalBytes)}** |`,
    `| of it loaded at start | ${kib(report.initBytes)} |`,
  ].join('\n');
}

function packageOf(inputPath: string): string {
  const inside = inputPath.split('node_modules/').at(-1);
  if (inside === undefined || inside === inputPath) return OURS;
  const [first = '', second = ''] = inside.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function initBytes(metafile: Metafile, entryOutput: string): number {
  const loaded = new Set<string>();
  const pending = [entryOutput];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const output = metafile.outputs[path];
    if (output === undefined || loaded.has(path)) continue;
    loaded.add(path);
    for (const imported of output.imports)
      if (imported.kind === 'import-statement') pending.push(imported.path);
  }
  return [...loaded].reduce((sum, path) => sum + (metafile.outputs[path]?.bytes ?? 0), 0);
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
