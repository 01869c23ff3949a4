const REFUSAL = 'Refusal';

/** Stops synthesis because of what the owner wrote (a setting, a rule), not of a bug: the message says it all. */
export function refuse(message: string): never {
  const error = new Error(message);
  error.name = REFUSAL;
  throw error;
}

/** Runs an entry point so that a refusal ends as its message and exit code 1; a bug keeps its stack trace. */
export async function reportRefusals(run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== REFUSAL) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
