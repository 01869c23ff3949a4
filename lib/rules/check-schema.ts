import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { nearest } from '../findings/nearest.ts';
import { type Diagnostic, type DiagnosticCode, diagnose, didYouMean, quote } from './diagnostic.ts';
import { EDITOR_KEYWORDS } from './schemas/json-schema.ts';
import { type FileKind, LOADING_SCHEMAS } from './schemas/schema-files.ts';
import type { JsonPath, Source } from './source.ts';

// `unicode: false` counts UTF-16 units, as the function does when it clamps a text.
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  unicode: false,
  logger: false,
});
ajv.addVocabulary(EDITOR_KEYWORDS);
const validators = new Map<FileKind, ValidateFunction>();

/** Checks the shape of a file's value against its schema: TR003, and TR110 for a value the API does not know. */
export function checkSchema(kind: FileKind, source: Source, value: unknown): readonly Diagnostic[] {
  const validate = validators.get(kind) ?? ajv.compile(LOADING_SCHEMAS[kind]);
  validators.set(kind, validate);
  if (validate(value)) return [];
  return onePerMistake(validate.errors ?? []).map((error) => diagnosticOf(error, source));
}

/** A validator says one thing several ways; the author made one mistake. */
function onePerMistake(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const taken = new Set<string>();
  const misspelt = new Set(
    errors
      .filter(({ keyword }) => keyword === 'additionalProperties')
      .flatMap((error) => membersNear(error).map((name) => `${error.instancePath}/${name}`)),
  );
  return errors
    .filter((error) => error.keyword !== 'if' && error.propertyName === undefined)
    .filter(
      ({ keyword, instancePath, params }) =>
        !(keyword === 'required' && misspelt.has(`${instancePath}/${params.missingProperty}`)),
    )
    .filter((error) => {
      const key = mistakeOf(error);
      return !taken.has(key) && taken.add(key);
    });
}

function mistakeOf({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath} required ${params.missingProperty}`;
  if (keyword === 'additionalProperties') return `${instancePath} unknown ${params.additionalProperty}`;
  if (keyword === 'propertyNames') return `${instancePath} name ${params.propertyName}`;
  return instancePath;
}

function diagnosticOf(error: ErrorObject, source: Source): Diagnostic {
  const { keyword, params, parentSchema, data } = error;
  const path = pathOf(error.instancePath, source);
  const where = path.length === 0 ? 'this file' : quote(path.join('.'));
  const help = typeof parentSchema?.errorMessage === 'string' ? parentSchema.errorMessage : undefined;
  switch (keyword) {
    case 'required':
      return diagnose(
        source,
        { path },
        'TR003',
        `${quote(params.missingProperty)} is missing in ${where}.`,
        help ?? `Add ${quote(params.missingProperty)}.`,
      );
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const at = { path: [...path, name], part: 'key' } as const;
      const hint = didYouMean(membersNear(error)) ?? help ?? `Known: ${knownMembers(error).join(', ')}.`;
      return diagnose(source, at, 'TR003', `${quote(name)} is not a member of ${where}.`, hint);
    }
    case 'propertyNames': {
      const at = { path: [...path, String(params.propertyName)], part: 'key' } as const;
      const rule = (error.schema as { readonly errorMessage?: string }).errorMessage;
      return diagnose(
        source,
        at,
        'TR003',
        `${quote(params.propertyName)} cannot be a name in ${where}.`,
        rule,
      );
    }
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).map(String);
      const hint = didYouMean(nearest(String(data), allowed)) ?? `One of: ${allowed.join(', ')}.`;
      return diagnose(source, { path }, codeOf(path), `${quote(data)} is not a value of ${where}.`, hint);
    }
    default:
      return diagnose(source, { path }, 'TR003', messageOf(error, where), help);
  }
}

/** What the API would refuse has a code of its own: the same mistake can be made in a condition. */
function codeOf(path: JsonPath): DiagnosticCode {
  return path[0] === 'event' ? 'TR110' : 'TR003';
}

function messageOf({ keyword, params, data, message }: ErrorObject, where: string): string {
  const limit = params.limit as number;
  switch (keyword) {
    case 'type':
      return `${quote(data)} is not ${[params.type].flat().join(', ')}, which ${where} must be.`;
    case 'pattern':
    case 'const':
      return `${quote(data)} cannot be ${where}.`;
    case 'minimum':
      return `${quote(data)} is less than ${limit}, the least ${where} can be.`;
    case 'maximum':
      return `${quote(data)} is more than ${limit}, the most ${where} can be.`;
    case 'maxLength':
      return `${where} has ${String(data).length} characters; ${limit} are allowed.`;
    case 'maxItems':
    case 'maxProperties':
      return `${where} has more than ${limit} entries.`;
    case 'minItems':
    case 'minProperties':
      return `${where} is empty.`;
    case 'uniqueItems':
      return `${where} names something twice.`;
    default:
      return `${where} ${message ?? 'is wrong'}.`;
  }
}

function knownMembers({ parentSchema }: ErrorObject): readonly string[] {
  return Object.keys((parentSchema?.properties as object | undefined) ?? {}).filter(
    (name) => name !== '$schema',
  );
}

function membersNear(error: ErrorObject): readonly string[] {
  return nearest(String(error.params.additionalProperty), knownMembers(error));
}

/** Reads a JSON Pointer; array indexes become numbers, as positions are looked up by them. */
function pathOf(pointer: string, source: Source): JsonPath {
  const names = pointer.split('/').slice(1);
  const path: (string | number)[] = [];
  for (const name of names) {
    const text = name.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(/^\d+$/.test(text) && source.isArrayAt(path) ? Number(text) : text);
  }
  return path;
}
