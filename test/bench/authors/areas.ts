/** What `--cpu-prof` writes, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface AreaShare {
  readonly area: string;
  /** Of the time that was not idle, from 0 to 1. */
  readonly share: number;
}

/** Own time by area, the largest first: packages by their name, our own code by its file, the rest by what it does. */
export function sharesByArea({ nodes, samples, timeDeltas }: CpuProfile): readonly AreaShare[] {
  const areas = new Map(
    nodes.map(({ id, callFrame }) => [id, areaOf(callFrame.functionName, callFrame.url)]),
  );
  const times = new Map<string, number>();
  samples.forEach((id, i) => {
    const area = areas.get(id) ?? 'Node';
    if (area !== 'idle') times.set(area, (times.get(area) ?? 0) + (timeDeltas[i] ?? 0));
  });
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times].map(([area, time]) => ({ area, share: time / total })).sort((a, b) => b.share - a.share);
}

function areaOf(functionName: string, url: string): string {
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(garbage collector)') return 'garbage collection';
  const [, packageName] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (packageName !== undefined) return packageName;
  const [, own] = /\/((?:lib|bin|test)\/[^?]+)$/.exec(url) ?? [];
  if (own !== undefined) return own;
  if (url.startsWith('node:fs') || /^(?:readdir|readFileUtf8|open|close|lstat|stat)$/.test(functionName))
    return 'files';
  return 'Node';
}
