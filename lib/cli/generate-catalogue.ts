import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-securityhub';
import { type DeclaredMember, readSdkDeclarations } from './sdk-declarations.ts';

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
  const declared = readSdkDeclarations();
  addShape(exported(`${ROOT}$`), shapes, declared);
  const enums: Record<string, readonly string[]> = {};
  for (const members of Object.values(shapes)) {
    for (const type of Object.values(members)) {
      const name = /enum:(\w+)/.exec(type)?.[1];
      if (name !== undefined) enums[name] = enumValues(name) ?? [];
    }
  }
  return print({ shapes, required: requiredMembers(shapes, declared), enums });
}

function addShape(schema: unknown, shapes: Shapes, declared: ReadonlyMap<string, DeclaredMember>): TypeText {
  if (!Array.isArray(schema)) throw new Error(`Not a schema of a structure: ${JSON.stringify(schema)}`);
  const [kind, , name, , names, types] = schema;
  if (kind !== STRUCTURE) throw new Error(`Not a structure: ${JSON.stringify(schema)}`);
  if (shapes[name] !== undefined) return name;
  const members: Record<string, TypeText> = {};
  shapes[name] = members;
  for (const [i, member] of (names as string[]).entries()) {
    const type = typeOf(types[i], (structure) => addShape(structure, shapes, declared));
    const declaredType = declared.get(`${name}.${member}`)?.type ?? '';
    const isEnum = enumValues(declaredType) !== undefined;
    members[member] = isEnum ? type.replace('string', `enum:${declaredType}`) : type;
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

function enumValues(name: string): readonly string[] | undefined {
  const value = exported(name);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const values = Object.values(value);
  return values.length > 0 && values.every((item) => typeof item === 'string') ? values.sort() : undefined;
}

function exported(name: string): unknown {
  return (sdk as Readonly<Record<string, unknown>>)[name];
}

/** What the API does not take a structure without; structures that have no such member are left out. */
function requiredMembers(
  shapes: Shapes,
  declared: ReadonlyMap<string, DeclaredMember>,
): Readonly<Record<string, readonly string[]>> {
  const required = Object.entries(shapes).map(
    ([shape, members]) =>
      [
        shape,
        Object.keys(members).filter((member) => declared.get(`${shape}.${member}`)?.optional === false),
      ] as const,
  );
  return Object.fromEntries(required.filter(([, members]) => members.length > 0));
}

/** One shape a line: small, and a change of the SDK reads well in a diff. */
function print(tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const texts = Object.entries(tables).map(([name, table]) => {
    const lines = Object.keys(table)
      .sort()
      .map((key) => `    ${JSON.stringify(key)}: ${JSON.stringify(table[key])}`);
    return `  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n  "root": "${ROOT}",\n${texts.join(',\n')}\n}\n`;
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '..', 'findings', 'catalogue.json'), generateCatalogue());
}
