import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A member of a structure, as the SDK's type declarations have it. */
export interface DeclaredMember {
  /** Its TypeScript type, without `[]` and `undefined`. */
  readonly type: string;
  /** Whether the API does without it. */
  readonly optional: boolean;
  /** The first paragraph that the SDK says of it; empty where it says nothing. */
  readonly description: string;
}

/** Names that TypeScript has taken are declared with `_` before them. */
const INTERFACE = /^export interface _?(\w+) \{\n([\s\S]*?)^\}/gm;
const MEMBER = /(?: {4}\/\*\*\n((?: {5}\*.*\n)*?) {5}\*\/\n)? {4}(\w+)(\??): ([^;\n]+);/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };

/**
 * What the runtime schemas of the SDK leave out, by `<structure>.<member>`: names of enums, what is optional, and what
 * the members are about. Read from the installed SDK each time, so that nothing of it is copied by hand.
 */
export function readSdkDeclarations(): ReadonlyMap<string, DeclaredMember> {
  const found = new Map<string, DeclaredMember>();
  const entry = createRequire(import.meta.url).resolve('@aws-sdk/client-securityhub');
  const folder = join(dirname(entry), '..', 'dist-types', 'models');
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, structure, body = ''] of text.matchAll(INTERFACE)) {
      for (const [, comment = '', name, optional, type = ''] of body.matchAll(MEMBER)) {
        found.set(`${structure}.${name}`, {
          type: type.replace(/ \| undefined$/, '').replace(/\[\]$/, ''),
          optional: optional === '?',
          description: firstParagraph(comment),
        });
      }
    }
  }
  return found;
}

function firstParagraph(comment: string): string {
  const [, paragraph = ''] = /<p>([\s\S]*?)<\/p>/.exec(comment.replace(/^ {5}\* ?/gm, '')) ?? [];
  return (
    paragraph
      .replace(/<[^>]*>/g, '')
      .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
      .replace(/\s+/g, ' ')
      // The list that this announces is left out.
      .replace(/(?<=\.) [^.]*\bfollow(?:ing|s)\b[^.]*[.:]$/, '')
      .trim()
  );
}
