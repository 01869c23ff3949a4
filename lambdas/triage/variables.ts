/** What the environment of a function says, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Each reader throws where its variable is missing or makes no sense, and names who sets it. */
export function readMode(variables: Variables): 'observe' | 'enforce' {
  const mode = variables.TRIAGE_MODE;
  if (mode === 'observe' || mode === 'enforce') return mode;
  throw refusal('TRIAGE_MODE', mode, '"observe" or "enforce"', 'from the context key triage:mode');
}

export function readUrl(variables: Variables, name: string): string {
  const url = variables[name];
  if (url !== undefined && URL.canParse(url)) return url;
  throw refusal(name, url, 'the URL of an SQS queue', 'from the queue it creates');
}

export function readText(variables: Variables, name: string, wanted: string): string {
  const text = variables[name];
  if (text !== undefined && text !== '') return text;
  throw refusal(name, text, wanted, 'from where it is deployed');
}

export function readPositive(variables: Variables, name: string, fallback: number): number {
  const text = variables[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  // A bucket that never holds one whole token would never let a call through.
  if (Number.isFinite(value) && (name === 'CALL_BURST' ? value >= 1 : value > 0)) return value;
  throw refusal(name, text, 'a positive number (a burst of at least 1)', 'from the context keys of its name');
}

/** Null for as many as rules say. */
export function readSuppressions(variables: Variables): number | null {
  const text = variables.SUPPRESSIONS_PER_HOUR;
  // Never a guess: a function that lost its budget would suppress without one.
  if (text === 'none') return null;
  const value = Number(text);
  if (text !== undefined && text !== '' && Number.isInteger(value) && value >= 1) return value;
  const wanted = 'a whole number of at least 1, or "none"';
  throw refusal('SUPPRESSIONS_PER_HOUR', text, wanted, 'from the context key triage:suppressionsPerHour');
}

function refusal(name: string, value: string | undefined, wanted: string, source: string): Error {
  const found = value === undefined ? 'is not set' : `is ${JSON.stringify(value)}`;
  return new Error(
    `Environment variable ${name} ${found}; it must be ${wanted}. The stack sets it, ${source}.`,
  );
}
