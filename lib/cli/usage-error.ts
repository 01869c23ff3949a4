/** The command was given nothing it can work on: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
