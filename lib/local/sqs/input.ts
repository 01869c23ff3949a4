import { isRefusal, type Refusal, refuse } from './refusal.ts';

/** The members of a request as they arrive: JSON, unchecked. */
export type Input = Readonly<Record<string, unknown>>;

interface Kinds {
  text: string;
  integer: number;
  texts: readonly string[];
  textMap: Readonly<Record<string, string>>;
  inputs: readonly Input[];
  inputMap: Readonly<Record<string, Input>>;
}
type Kind = keyof Kinds;
type Wanted = Readonly<Record<string, Kind | `${Kind}?`>>;
type Members<W extends Wanted> = {
  readonly [N in keyof W]: W[N] extends Kind
    ? Kinds[W[N]]
    : W[N] extends `${infer K extends Kind}?`
      ? Kinds[K] | undefined
      : never;
};

/** Reads the members an action wants, by kind (`?`: may be missing). null counts as missing; others are ignored. */
export function readInput<const W extends Wanted>(input: Input, wanted: W): Members<W> | Refusal {
  const members: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(wanted)) {
    const value = input[name] ?? undefined;
    const isOptional = kind.endsWith('?');
    if (value === undefined && !isOptional) {
      return refuse('MissingParameter', `The request must contain the parameter ${name}.`);
    }
    if (value !== undefined && !IS_OF_KIND[kind.replace('?', '') as Kind](value)) {
      return refuse('MalformedInput', `${name} has the wrong type.`);
    }
    members[name] = value;
  }
  return members as Members<W>;
}

/** Checks a number that has bounds; undefined stays undefined. */
export function checkRange(
  name: string,
  value: number | undefined,
  least: number,
  most: number,
): Refusal | undefined {
  if (value === undefined || (value >= least && value <= most)) return undefined;
  return refuse(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

/** The first refusal among checks, if any. */
export function firstRefusal(...checks: readonly (object | undefined)[]): Refusal | undefined {
  return checks.find((check): check is Refusal => isRefusal(check));
}

export function isInput(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown) => typeof value === 'string';
const IS_OF_KIND: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: isText,
  integer: Number.isInteger,
  texts: (value) => Array.isArray(value) && value.every(isText),
  textMap: (value) => isInput(value) && Object.values(value).every(isText),
  inputs: (value) => Array.isArray(value) && value.every(isInput),
  inputMap: (value) => isInput(value) && Object.values(value).every(isInput),
};
