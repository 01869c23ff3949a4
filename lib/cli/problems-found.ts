/** The command did its work and found problems, which the message tells: exit code 1. */
export class ProblemsFound extends Error {
  override readonly name = 'ProblemsFound';
}
