import type { JsonSchema } from './json-schema.ts';

/** The same schema with a plain `description` beside each `markdownDescription`: not every editor reads Markdown. */
export function withPlainDescriptions(schema: JsonSchema): JsonSchema {
  return describe(schema) as JsonSchema;
}

function describe(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(describe);
  if (node === null || typeof node !== 'object') return node;
  const members = Object.entries(node).map(([name, member]) => [name, describe(member)] as const);
  return Object.fromEntries(
    members.flatMap(([name, member]) =>
      name === 'markdownDescription' && typeof member === 'string'
        ? [['description', plain(member)] as const, [name, member] as const]
        : [[name, member] as const],
    ),
  );
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
