import type { Command } from 'commander';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import type { ReadFault } from '../simulation/read/block.ts';
import { findSources, type Source } from '../simulation/read/find-sources.ts';
import type { InvalidInput } from '../simulation/read/findings-of-block.ts';
import type { FirstFew } from '../simulation/tally/first-few.ts';
import { progressFor } from './global-options.ts';
import { UsageError } from './usage-error.ts';

/** What came of reading the findings that a command was given. */
export interface ReadFindings {
  readonly distinct: number;
  readonly partial: boolean;
  readonly faults: FirstFew<ReadFault>;
  readonly invalid: FirstFew<InvalidInput>;
}

/**
 * What the arguments name: files, folders, globs, `-`.
 *
 * @throws UsageError where one of them leads to nothing.
 */
export function sourcesOf(args: readonly string[]): readonly Source[] {
  const found = findSources(args);
  const none = found.flatMap((one) => ('why' in one ? [`${escapeText(one.argument)} ${one.why}.`] : []));
  if (none.length > 0) throw new UsageError(none.join('\n'));
  return found.flatMap((one) => ('why' in one ? [] : [one]));
}

/** Tells on stderr how much of the sources has been read. */
export function progressOf(sources: readonly Source[], command: Command) {
  const isKnown = sources.every(({ bytes }) => bytes !== null);
  const total = isKnown ? sources.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0) : null;
  return progressFor(command, 'findings', total);
}

/** Nothing decided is no success, unless somebody stopped it. */
export function refuseNothing(
  { distinct, partial, faults, invalid }: ReadFindings,
  args: readonly string[],
): void {
  if (distinct > 0 || partial) return;
  const why = [
    ...(faults.count > 0 ? [toldFew(faults, 'place', 'could not be read')] : []),
    ...(invalid.count > 0 ? [toldFew(invalid, 'finding', 'cannot be decided: no usable identity')] : []),
    `There are no findings to decide in ${args.map(escapeText).join(', ')}.`,
  ];
  throw new UsageError(why.join('\n'));
}

/** Texts of findings and files come into messages: none of them acts on a terminal. */
export function toldFew(few: FirstFew<ReadFault | InvalidInput>, noun: string, fate: string): string {
  const rest = few.count - few.first.length;
  return [
    `${counted(few.count, noun)} ${fate}.`,
    ...few.first.map(({ place, message }) => `  ${escapeText(place)}: ${escapeText(message)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}
