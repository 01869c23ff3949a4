import { rule, suppressing } from '../lint-folder.ts';

export type Files = Readonly<Record<string, unknown>>;

/** A folder with one mistake in it. */
export interface BrokenRule {
  readonly way: string;
  readonly code: string;
  readonly files: Files;
  /** The text that the diagnostic has to point at. */
  readonly at: string;
  readonly remedy: RegExp;
}

export const broken = (way: string, code: string, files: Files, at: string, remedy: RegExp): BrokenRule => ({
  way,
  code,
  files,
  at,
  remedy,
});

export const one = (value: unknown): Files => ({ 'area/example.json': value });
export const on = (...conditions: readonly unknown[]): Files => one(rule('example', conditions));
export const hiding = (conditions: unknown, members = {}): Files =>
  one(rule('example', conditions, { ...suppressing(), ...members }));
