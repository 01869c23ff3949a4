/** What one child process measures; it holds one engine and one ruleset, and nothing of another. */
export type Job =
  | { readonly kind: 'matching'; readonly method: string; readonly size: number; readonly budgetMs: number }
  | { readonly kind: 'latency'; readonly size: number; readonly findings: number }
  | { readonly kind: 'batch'; readonly size: number }
  /** `decide` of the version whose root folder this is. */
  | { readonly kind: 'version'; readonly root: string; readonly size: number; readonly budgetMs: number };

/** What the parent asks of a child; each question has one answer. */
export type Question =
  | { readonly ask: 'prepare'; readonly job: Job }
  /** The rules matched by these findings of the workload. */
  | { readonly ask: 'verdicts'; readonly indexes: readonly number[] }
  | { readonly ask: 'round' }
  | { readonly ask: 'memory' };

export interface Preparation {
  /** Computing time from a ruleset in memory to the first finding judged, in a process that has run nothing before. */
  readonly readyMs: number;
  /** What the heap grew by meanwhile, garbage collected; 0 where nobody asks. */
  readonly heapBytes: number;
  /** Findings a round judges at least once. */
  readonly findings: number;
}

export interface MatchingRound {
  readonly parseUs: number;
  /** Parsing and judging, a finding. */
  readonly totalUs: number;
}

export interface LatencyRound {
  readonly p50Us: number;
  readonly p99Us: number;
}

export interface BatchRound {
  /** One batch through the whole pipeline, calls to a local stub included. */
  readonly batchMs: number;
  /** Deciding the findings of the same batch, alone. */
  readonly decideMs: number;
  readonly calls: number;
  readonly updated: number;
}

export interface Memory {
  readonly peakRssBytes: number;
}

/** What a child can do for its parent, whatever it measures. */
export interface Measurement {
  readonly preparation: Preparation;
  verdicts(indexes: readonly number[]): Promise<readonly (readonly string[])[]>;
  round(): Promise<MatchingRound | LatencyRound | BatchRound>;
}
