import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import { type Subject, subjectOf } from '../../lib/rules/engine/fact.ts';
import { table } from './report/tables.ts';
import { writeTables } from './report/write-markdown.ts';
import { median } from './statistics.ts';
import { CONDITION_KINDS, type ConditionKind, rulesetOfKind } from './workload/condition-kinds.ts';
import { generateFindings } from './workload/findings.ts';
import { IMPORTED } from './workload/matching.ts';
import { FINDINGS_SEED } from './workload/seeds.ts';
import { WORKLOAD_NOW } from './workload/situation.ts';

/**
 * How the work of finding a finding's candidates grows with rules that have one condition of one kind each, every one
 * with literals of its own: `npm run bench:conditions`, with `-- --markdown` into docs/performance.md.
 */
const DOCUMENT = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const SIZES = [100, 1_000, 10_000];
const FINDINGS = 1_000;
const PASSES = 7;
/** Shorter passes are repeated: some systems count a thread's time in steps of milliseconds. */
const SHORTEST_PASS_MS = 100;

interface Figures {
  /** Thread CPU time for one finding, the median of the passes. */
  readonly us: number;
  /** Rules that were let through, for one finding. */
  readonly candidates: number;
}

function measure(kind: ConditionKind, rules: number): Figures {
  const compiled = compileRuleset(rulesetOfKind(kind, rules));
  const subjects = generateFindings(FINDINGS_SEED, FINDINGS).map((finding, i) =>
    subjectOf({ ...finding, ...kind.values(i) }, IMPORTED, WORKLOAD_NOW),
  );
  const pass = (): number => {
    let found = 0;
    for (const subject of subjects) found += compiled.candidatesFor(subject).length;
    return found;
  };
  // What is built when first asked for is not what is measured.
  const candidates = pass() / subjects.length;
  const times = Array.from({ length: PASSES }, () => timeOf(pass, subjects));
  return { us: median(times), candidates };
}

function timeOf(pass: () => number, subjects: readonly Subject[]): number {
  const started = threadMs();
  let [spentMs, passes] = [0, 0];
  while (spentMs < SHORTEST_PASS_MS) {
    pass();
    passes += 1;
    spentMs = threadMs() - started;
  }
  return (1_000 * spentMs) / (passes * subjects.length);
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function digits(value: number): string {
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US');
}

function main(): void {
  const rows = CONDITION_KINDS.map((kind) => {
    const figures = SIZES.map((size) => measure(kind, size));
    return [kind.name, ...figures.map(({ us, candidates }) => `${digits(us)} (${digits(candidates)})`)];
  });
  const header = ['only condition', ...SIZES.map((size) => `${size.toLocaleString('en-US')} rules`)];
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown processor'}), Node ${process.versions.node}; medians of ${PASSES} passes over ${FINDINGS} findings.`;
  const text = `${machine}\n\n${table(header, rows)}`;
  console.log(text);
  if (process.argv.includes('--markdown')) writeTables(DOCUMENT, { conditions: text });
}

main();
