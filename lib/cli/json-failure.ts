import { InputError } from '../local/run/input.ts';
import { JSON_VERSION } from '../rules/reporters/json.ts';
import { safeJson } from '../rules/safe-json.ts';
import { ProblemsFound } from './problems-found.ts';
import { UsageError } from './usage-error.ts';

/**
 * Does the work of a command. Where it had nothing to work on and was asked for JSON, its output is JSON all the same:
 * `{ version, ok: false, error }`, beside the message on stderr.
 */
export async function failInJson<T>(format: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isTold = [UsageError, InputError, ProblemsFound].some((kind) => error instanceof kind);
    if (isTold && format === 'json')
      console.log(safeJson({ version: JSON_VERSION, ok: false, error: (error as Error).message }));
    throw error;
  }
}
