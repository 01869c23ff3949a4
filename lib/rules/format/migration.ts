/** The texts of a rules folder by their path below it, with `/`: rules, tests, samples, lists and the configuration. */
export type RuleTexts = ReadonlyMap<string, string>;

/**
 * One breaking change of how rules are written. It edits texts, so that comments and layout stay, and leaves alone what
 * it has changed before: a run that was cut off is made good by the next. What `triage.config.json` says of the format
 * is not its business.
 */
export interface Migration {
  /** The format that it leads to, from the one before. */
  readonly to: number;
  /** What becomes of the files, in a sentence without its full stop. */
  readonly title: string;
  /** The new texts of those that change. All texts are JSON with comments. */
  readonly change: (texts: RuleTexts) => RuleTexts;
}
