/** What the stack tells the function through environment variables. */
export interface Environment {
  /** `observe` decides, counts and logs, but writes nothing to Security Hub. */
  readonly mode: 'observe' | 'enforce';
  readonly deadLetterQueueUrl: string;
  readonly ingestQueueUrl: string;
  /** BatchUpdateFindings calls that one execution environment allows itself. */
  readonly callsPerSecond: number;
  readonly callBurst: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the function's configuration once, at cold start. Throws where a variable is missing or makes no sense,
 * and names who sets it: a function that starts on a guess would fail finding by finding instead.
 */
export function readEnvironment(variables: Variables): Environment {
  return {
    mode: readMode(variables),
    deadLetterQueueUrl: readUrl(variables, 'DEAD_LETTER_QUEUE_URL'),
    ingestQueueUrl: readUrl(variables, 'INGEST_QUEUE_URL'),
    callsPerSecond: readPositive(variables, 'CALLS_PER_SECOND', 3),
    callBurst: readPositive(variables, 'CALL_BURST', 10),
  };
}

function readMode(variables: Variables): Environment['mode'] {
  const mode = variables.TRIAGE_MODE;
  if (mode === 'observe' || mode === 'enforce') return mode;
  throw refusal('TRIAGE_MODE', mode, '"observe" or "enforce"', 'from the context key triage:mode');
}

function readUrl(variables: Variables, name: string): string {
  const url = variables[name];
  if (url !== undefined && URL.canParse(url)) return url;
  throw refusal(name, url, 'the URL of an SQS queue', 'from the queue it creates');
}

function readPositive(variables: Variables, name: string, fallback: number): number {
  const text = variables[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  // A bucket that never holds one whole token would never let a call through.
  if (Number.isFinite(value) && (name === 'CALL_BURST' ? value >= 1 : value > 0)) return value;
  throw refusal(name, text, 'a positive number (a burst of at least 1)', 'from the context keys of its name');
}

function refusal(name: string, value: string | undefined, wanted: string, source: string): Error {
  const found = value === undefined ? 'is not set' : `is ${JSON.stringify(value)}`;
  return new Error(
    `Environment variable ${name} ${found}; it must be ${wanted}. The stack sets it, ${source}.`,
  );
}
