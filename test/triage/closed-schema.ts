import type { JsonSchema } from '../../lib/rules/schemas/json-schema.ts';

/** The schema with every object of named members closed: what readers may pass over, we may not write. */
export function closed(schema: JsonSchema): JsonSchema {
  const parts = Object.entries(schema).map(([word, part]) => [word, closedPart(part)] as const);
  const isOpen = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(parts), ...(isOpen && { additionalProperties: false }) };
}

function closedPart(part: unknown): unknown {
  if (Array.isArray(part) || typeof part !== 'object' || part === null) return part;
  return closed(part as JsonSchema);
}
