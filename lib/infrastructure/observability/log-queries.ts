/** A question to the function's log, in the language of CloudWatch Logs Insights. */
export interface LogQuery {
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * The questions an operator asks, each over the time range that is open. Lists within a line are taken apart by
 * `unnest`: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Unnest.html
 */
export const LOG_QUERIES = {
  rules: {
    title: 'What each rule did',
    lines: [
      'filter message = "rules"',
      'fields jsonParse(@message) as line',
      'unnest line.counts into entry',
      'stats sum(entry.matched) as matched, sum(entry.won) as decided, sum(entry.observed) as observed, sum(entry.expired) as expired by entry.rule',
      'sort matched desc',
      'limit 100',
    ],
  },
  held: {
    title: 'What was left as it stands, and by whom',
    lines: [
      'filter message = "finding" and ispresent(heldBy.0)',
      'fields jsonParse(@message) as line',
      'unnest line.heldBy into holder',
      'stats count(*) as findings by holder',
      'sort findings desc',
    ],
  },
  causes: {
    title: 'What failed, and why',
    lines: [
      'filter message in ["finding", "message"] and ispresent(cause)',
      'stats count(*) as times by outcome, cause',
      'sort times desc',
    ],
  },
  suppressing: {
    title: 'Which rules the breaker held back',
    lines: [
      'filter message = "finding" and cause = "SuppressionBudget"',
      'fields jsonParse(@message) as line',
      'unnest line.rules into rule',
      'stats count_distinct(Id) as findings by rule',
      'sort findings desc',
    ],
  },
  finding: {
    title: 'What became of a finding',
    lines: [
      'filter message = "finding" and Id like /part-of-its-id/',
      'display @timestamp, Id, outcome, rules.0, rules.1, held.0, heldBy.0, fields.0, fields.1, cause',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
} as const satisfies Readonly<Record<string, LogQuery>>;
