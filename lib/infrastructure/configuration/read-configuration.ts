import type { Node } from 'constructs';
import { distance } from 'fastest-levenshtein';
import { DEFAULT_CONFIGURATION, type TriageConfiguration } from './configuration.ts';
import { conflictsIn } from './configuration-conflicts.ts';
import { CONFIGURATION_KEYS } from './configuration-keys.ts';
import { refuse } from './refusal.ts';

const PREFIX = 'triage:';

/**
 * Reads the settings from CDK context (`triage:<name>`) and refuses unknown names, bad values and settings that
 * contradict each other, all in one message: a mistyped `triage:mdoe=enforce` must not silently observe.
 */
export function readConfiguration(node: Node): TriageConfiguration {
  const context: Record<string, unknown> = node.getAllContext();
  const settings = Object.entries(context)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, value]) => [key.slice(PREFIX.length), value] as const);
  return completeConfiguration(Object.fromEntries(settings), PREFIX);
}

/** Checks settings and adds the defaults of those left out; `prefix` is how messages name a setting. */
export function completeConfiguration(
  settings: Readonly<Record<string, unknown>>,
  prefix = '',
): TriageConfiguration {
  const problems: string[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(settings)) {
    if (raw === undefined) continue;
    const key = Object.hasOwn(CONFIGURATION_KEYS, name)
      ? CONFIGURATION_KEYS[name as keyof typeof CONFIGURATION_KEYS]
      : undefined;
    if (key === undefined) {
      problems.push(unknownKey(name, prefix));
      continue;
    }
    read[name] = key.read(raw);
    if (read[name] === undefined)
      problems.push(`${prefix}${name} is ${JSON.stringify(raw)}; allowed: ${key.allowed}.`);
  }
  if (problems.length > 0) refuse(problems.join('\n'));

  const configuration: TriageConfiguration = { ...DEFAULT_CONFIGURATION, ...read };
  const conflicts = conflictsIn(configuration, prefix);
  if (conflicts.length > 0) refuse(conflicts.join('\n'));
  return configuration;
}

function unknownKey(name: string, prefix: string): string {
  const known = Object.keys(CONFIGURATION_KEYS);
  const nearest = known.toSorted((a, b) => distance(a, name) - distance(b, name))[0];
  const hint =
    nearest !== undefined && distance(nearest, name) <= 3 ? ` Did you mean ${prefix}${nearest}?` : '';
  return `${prefix}${name} is no setting.${hint} Settings: ${known.join(', ')}.`;
}
