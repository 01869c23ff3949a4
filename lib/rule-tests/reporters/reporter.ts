import type { Source } from '../../rules/source.ts';
import type { TestReport } from '../report.ts';

export interface ReporterContext {
  /** Absolute path that file names are shown relative to. */
  readonly cwd: string;
  /** Every file that was read, by absolute path: code frames are cut from them. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** Writes a report in one format; the text ends without a line break. */
export type Reporter = (report: TestReport, context: ReporterContext) => string;
