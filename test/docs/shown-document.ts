import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Compares a document with what it should say; with UPDATE_DOCS=1 it is written instead. */
export function expectDocument(path: string, make: (text: string) => string): void {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const text = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
  const wanted = make(text);
  if (process.env.UPDATE_DOCS === '1') writeFileSync(file, wanted);
  else expect(text, `${path} is stale: UPDATE_DOCS=1 npx vitest run test/docs`).toBe(wanted);
}
