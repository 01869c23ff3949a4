import type { Migration } from './migration.ts';

/** The first format; a folder that says none is of this one, for ever. */
export const FIRST_FORMAT = 1;

/** Every breaking change there was, oldest first, each from the format of the one before it; the first leads to 2. */
export const MIGRATIONS: readonly Migration[] = [];

/** The format that these migrations lead to. */
export function formatAfter(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.to ?? FIRST_FORMAT;
}
