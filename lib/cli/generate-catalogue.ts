import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as sdk from '@aws-sdk/client-securityhub';

/** A type in the catalogue: `string`, `number`, `boolean`, `any`, `list<T>`, `map<T>`, `enum:Name`, or a shape's name. */
type TypeText = string;
type Shapes = Record<string, Record<string, TypeText>>;

const ROOT = 'AwsSecurityFinding';

/** Kinds of the SDK's runtime schemas (`@smithy/types`, StaticSchema); a number alone is a simple type. */
const SIMPLE: Readonly<Record<number, TypeText>> = { 0: 'string', 1: 'number', 2: 'boolean', 15: 'any' };
const LIST_BIT = 64;
const MAP_BIT = 128;
const [LIST, MAP, STRUCTURE] = [1, 2, 3];

/**
 * Derives every attribute of an ASFF finding from the SDK itself, so that the field catalogue cannot lag behind
 * the API that the product calls. Returns the text of `lib/findings/catalogue.json`; equal SDKs give equal bytes.
 */
export function generateCatalogue(): string {
  const shapes: Shapes = {};
  addShape(exported(`${ROOT}$`), shapes, readMemberEnums());
  const enums: Record<string, readonly string[]> = {};
  for (const members of Object.values(shapes)) {
    for (const type of Object.values(members)) {
      const name = /enum:(\w+)/.exec(type)?.[1];
      if (name !== undefined) enums[name] = enumValues(name) ?? [];
    }
  }
  return print(shapes, enums);
}

function addShape(schema: unknown, shapes: Shapes, enumsOfMembers: ReadonlyMap<string, string>): TypeText {
  if (!Array.isArray(schema)) throw new Error(`Not a schema of a structure: ${JSON.stringify(schema)}`);
  const [kind, , name, , names, types] = schema;
  if (kind !== STRUCTURE) throw new Error(`Not a structure: ${JSON.stringify(schema)}`);
  if (shapes[name] !== undefined) return name;
  const members: Record<string, TypeText> = {};
  shapes[name] = members;
  for (const [i, member] of (names as string[]).entries()) {
    const type = typeOf(types[i], (structure) => addShape(structure, shapes, enumsOfMembers));
    const enumName = enumsOfMembers.get(`${name}.${member}`);
    members[member] = enumName === undefined ? type : type.replace('string', `enum:${enumName}`);
  }
  return name;
}

function typeOf(schema: unknown, addStructure: (schema: unknown) => TypeText): TypeText {
  if (typeof schema === 'function') return typeOf(schema(), addStructure);
  if (typeof schema === 'number') return simpleType(schema);
  if (!Array.isArray(schema)) throw new Error(`Unknown schema ${JSON.stringify(schema)}`);
  if (schema[0] === LIST) return `list<${typeOf(schema[4], addStructure)}>`;
  if (schema[0] === MAP) return `map<${typeOf(schema[5], addStructure)}>`;
  return addStructure(schema);
}

function simpleType(code: number): TypeText {
  const type = SIMPLE[code & ~(LIST_BIT | MAP_BIT)];
  if (type === undefined) throw new Error(`Unknown simple type ${code} in the SDK's schemas`);
  if (code & LIST_BIT) return `list<${type}>`;
  return code & MAP_BIT ? `map<${type}>` : type;
}

/** The runtime schemas do not say which member has which enum; the SDK's type declarations do. */
function readMemberEnums(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const entry = createRequire(import.meta.url).resolve('@aws-sdk/client-securityhub');
  const folder = join(dirname(entry), '..', 'dist-types', 'models');
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, shape, body] of text.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
      for (const [, member, type] of (body ?? '').matchAll(
        /^ {4}(\w+)\??: (\w+)(?:\[\])?(?: \| undefined)?;/gm,
      )) {
        if (enumValues(type ?? '') !== undefined) found.set(`${shape}.${member}`, type ?? '');
      }
    }
  }
  return found;
}

function enumValues(name: string): readonly string[] | undefined {
  const value = exported(name);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const values = Object.values(value);
  return values.length > 0 && values.every((item) => typeof item === 'string') ? values.sort() : undefined;
}

function exported(name: string): unknown {
  return (sdk as Readonly<Record<string, unknown>>)[name];
}

/** One shape a line: small, and a change of the SDK reads well in a diff. */
function print(shapes: Shapes, enums: Readonly<Record<string, readonly string[]>>): string {
  const lines = (table: Readonly<Record<string, unknown>>) =>
    Object.keys(table)
      .sort()
      .map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(table[name])}`)
      .join(',\n');
  return `{\n  "root": "${ROOT}",\n  "shapes": {\n${lines(shapes)}\n  },\n  "enums": {\n${lines(enums)}\n  }\n}\n`;
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '..', 'findings', 'catalogue.json'), generateCatalogue());
}
