import type { Source } from '../../rules/source.ts';
import type { Surface } from '../../rules/surface.ts';
import type { TestReport } from '../report.ts';

export interface ReporterContext {
  /** Absolute path that file names are shown relative to. */
  readonly cwd: string;
  /** Every file that was read, by absolute path: code frames are cut from them. */
  readonly sources: ReadonlyMap<string, Source>;
  /** People are told problems and the closing count alone. */
  readonly quiet?: boolean;
}

/** Writes a report in one format, without a line break at its end; only `pretty` asks what it is read on. */
export type Reporter = (report: TestReport, context: ReporterContext, surface?: Surface) => string;
