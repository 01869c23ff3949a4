import { SCHEMA_FILES } from '../../../lib/rules/schemas/schema-files.ts';

/** A part of a schema file, and where it stands. */
export interface SchemaNode {
  readonly file: string;
  readonly at: string;
  readonly node: Readonly<Record<string, unknown>>;
}

/** Every object of every schema that editors read: schemas, and what they hold. */
export function schemaNodes(): readonly SchemaNode[] {
  return Object.entries(SCHEMA_FILES).flatMap(([file, schema]) => nodesBelow(file, '', schema));
}

function nodesBelow(file: string, at: string, node: unknown): readonly SchemaNode[] {
  if (node === null || typeof node !== 'object') return [];
  const below = Object.entries(node).flatMap(([name, member]) => nodesBelow(file, `${at}/${name}`, member));
  return Array.isArray(node) ? below : [{ file, at, node: node as SchemaNode['node'] }, ...below];
}
