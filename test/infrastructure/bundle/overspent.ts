import type { BundleReport } from '../../../lib/infrastructure/bundle/bundle-report.ts';

interface Limit {
  readonly kib: number;
  readonly initKib: number;
}

export interface Budget {
  readonly total: Limit;
  readonly packages: Readonly<Record<string, Limit>>;
}

/** What a bundle has too much of, in words that name it. */
export function overspent(report: BundleReport, budget: Budget): readonly string[] {
  return [
    ...complaints('the whole', { bytes: report.totalBytes, initBytes: report.initBytes }, budget.total),
    ...report.packages.flatMap((share) => {
      const limit = budget.packages[share.name];
      if (limit !== undefined) return complaints(share.name, share, limit);
      return [`${share.name}: ${kib(share.bytes)} KiB, and no budget: is it meant to ship?`];
    }),
  ];
}

function complaints(
  name: string,
  spent: { readonly bytes: number; readonly initBytes: number },
  limit: Limit,
): readonly string[] {
  return [...over(name, spent.bytes, limit.kib), ...over(`${name} at start`, spent.initBytes, limit.initKib)];
}

function over(what: string, bytes: number, limitKib: number): readonly string[] {
  const excess = bytes - limitKib * 1024;
  return excess > 0 ? [`${what}: ${kib(bytes)} KiB, budget ${limitKib} (+${kib(excess)})`] : [];
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
