/** A synthesized assembly that the local account cannot be built from; the message names the logical id. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
