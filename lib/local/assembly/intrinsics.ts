import { AssemblyError } from './assembly-error.ts';
import { isRecord } from './property-values.ts';

/** What a template's references mean in one deployment. Each throws AssemblyError on what it does not know. */
export interface Scope {
  /** Of a resource, a parameter or a pseudo parameter; undefined is AWS::NoValue. */
  ref(id: string): unknown;
  getAtt(id: string, attribute: string): unknown;
  condition(name: string): boolean;
  findInMap(map: string, first: string, second: string): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/**
 * Puts values in the place of CloudFormation's references and functions, anywhere in a value. A member or list
 * element that comes to AWS::NoValue is left out. An unknown `Fn::` throws AssemblyError, for a guess would make
 * the local account differ from the deployed one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function resolveIntrinsics(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveIntrinsics(item, scope)).filter((item) => item !== undefined);
  }
  if (!isRecord(value)) {
    return value;
  }
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS.get(name);
    if (intrinsic === undefined) {
      throw new AssemblyError(`${name} is not known to the local account.`);
    }
    return intrinsic(value[name], scope);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([member, inner]) => [member, resolveIntrinsics(inner, scope)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}

/** The truth of a condition's body; a body that is none throws AssemblyError. */
export function resolveCondition(body: unknown, scope: Scope): boolean {
  const [[name, argument] = ['', undefined]] = isRecord(body) ? Object.entries(body) : [];
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument));
    case 'Fn::Equals': {
      const [left, right] = listArgument(name, resolveIntrinsics(argument, scope));
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return listArgument(name, argument).every((part) => resolveCondition(part, scope));
    case 'Fn::Or':
      return listArgument(name, argument).some((part) => resolveCondition(part, scope));
    case 'Fn::Not':
      return !resolveCondition(listArgument(name, argument)[0], scope);
    default:
      throw new AssemblyError(`No condition: ${JSON.stringify(body)}.`);
  }
}

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (argument, scope) => scope.ref(String(argument))],
  ['Fn::GetAtt', getAtt],
  ['Fn::Join', join],
  ['Fn::Sub', substitute],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', choose],
  ['Fn::FindInMap', findInMap],
]);

function getAtt(argument: unknown, scope: Scope): unknown {
  const [id = '', ...attribute] =
    typeof argument === 'string' ? argument.split('.') : texts('Fn::GetAtt', argument);
  return scope.getAtt(id, attribute.join('.'));
}

function join(argument: unknown, scope: Scope): string {
  const [delimiter, parts] = listArgument('Fn::Join', resolveIntrinsics(argument, scope));
  return texts('Fn::Join', parts).join(String(delimiter));
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  const variables = resolveIntrinsics(given, scope);
  return String(template).replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') {
      return `\${${name}}`;
    }
    if (isRecord(variables) && Object.hasOwn(variables, name)) {
      return String(variables[name]);
    }
    return String(name.includes('.') ? getAtt(name, scope) : scope.ref(name));
  });
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, choices] = listArgument('Fn::Select', resolveIntrinsics(argument, scope));
  return listArgument('Fn::Select', choices)[Number(index)];
}

function split(argument: unknown, scope: Scope): readonly string[] {
  const [delimiter, text] = texts('Fn::Split', resolveIntrinsics(argument, scope));
  return (text ?? '').split(delimiter ?? ',');
}

function choose(argument: unknown, scope: Scope): unknown {
  const [name, whenTrue, whenFalse] = listArgument('Fn::If', argument);
  return resolveIntrinsics(scope.condition(String(name)) ? whenTrue : whenFalse, scope);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map = '', first = '', second = ''] = texts('Fn::FindInMap', resolveIntrinsics(argument, scope));
  return scope.findInMap(map, first, second);
}

function listArgument(name: string, argument: unknown): readonly unknown[] {
  if (!Array.isArray(argument)) {
    throw new AssemblyError(`${name} needs a list: ${JSON.stringify(argument)}.`);
  }
  return argument;
}

function texts(name: string, argument: unknown): readonly string[] {
  return listArgument(name, argument).map(String);
}
