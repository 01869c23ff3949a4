import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Migration, RuleTexts } from '../../../lib/rules/format/migration.ts';

/** A breaking change that never was: a member of every rule is called otherwise. */
export const OWNER_TO_TEAM = {
  to: 2,
  title: '"owner" is called "team"',
  change: renaming('owner', 'team'),
  renaming,
} satisfies Migration & Readonly<Record<string, unknown>>;

/** One that builds on it. */
export const TEAM_TO_SQUAD: Migration = {
  to: 3,
  title: '"team" is called "squad"',
  change: renaming('team', 'squad'),
};

function renaming(from: string, to: string): (texts: RuleTexts) => RuleTexts {
  return (texts) =>
    new Map(
      [...texts].flatMap(([label, text]) => {
        const tree = parseTree(text);
        const name = tree && findNodeAtLocation(tree, [from])?.parent?.children?.[0];
        if (name === undefined) return [];
        return [[label, `${text.slice(0, name.offset)}"${to}"${text.slice(name.offset + name.length)}`]];
      }),
    );
}
