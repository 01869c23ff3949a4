import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LambdaContext } from './lambda-context.ts';

export type LambdaHandler = (event: unknown, context: LambdaContext) => unknown;

/**
 * Finds `<file>.<export>` below the task root, in the order of Lambda's own loader. Throws errors with Lambda's
 * names, for they are what a function that cannot start reports.
 */
export async function loadHandler(taskRoot: string, handlerName: string): Promise<LambdaHandler> {
  const dot = handlerName.lastIndexOf('.');
  const [file, exportName] = [handlerName.slice(0, dot), handlerName.slice(dot + 1)];
  const path = ['.js', '.mjs', '.cjs'].map((extension) => join(taskRoot, file + extension)).find(existsSync);
  if (dot < 1 || path === undefined) {
    throw named('Runtime.ImportModuleError', `Cannot find module '${file}' in ${taskRoot}.`);
  }
  const handler = exportOf(await imported(path), exportName);
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  // Node.js 24 in Lambda has no callback handlers any more; here too they would never answer.
  if (handler.length > 2) {
    throw named('Runtime.CallbackHandlerDeprecated', `${handlerName} takes a callback: make it async.`);
  }
  return handler as LambdaHandler;
}

async function imported(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw named('Runtime.UserCodeSyntaxError', String(cause), cause);
    }
    throw cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
      ? named('Runtime.ImportModuleError', cause.message, cause)
      : cause;
  }
}

/** A CommonJS module's exports also stand behind `default`, and some of them only there. */
function exportOf(module: Readonly<Record<string, unknown>>, name: string): unknown {
  const fallback = module.default;
  return (
    module[name] ??
    (typeof fallback === 'object' && fallback !== null ? Reflect.get(fallback, name) : undefined)
  );
}

function named(name: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name });
}
