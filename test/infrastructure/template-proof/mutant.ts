/** A template as it is deployed, to be weakened in place. */
export interface TemplateJson {
  readonly Resources: Record<string, TemplateResource>;
}

type TemplateResource = { Type: string } & Record<string, unknown>;
type Container = Record<string | number, unknown>;

/** One security-relevant property weakened or taken away. */
export interface Mutant {
  readonly what: string;
  readonly weaken: (template: TemplateJson) => void;
}

/** Which resource: its type and what its logical id matches. Exactly one has to. */
export type Target = readonly [type: string, logicalId: RegExp];

/** A mutant that sets a property, by its path from the resource, to another value. */
export function setting(what: string, target: Target, path: string, value: unknown): Mutant {
  return {
    what,
    weaken: (template) => {
      const { container, member } = placeOf(resourceOf(template, target), path, what);
      container[member] = value;
    },
  };
}

/** A mutant that takes a property or a list's element away. It must have been there. */
export function lacking(what: string, target: Target, path: string): Mutant {
  return {
    what,
    weaken: (template) => {
      const { container, member } = placeOf(resourceOf(template, target), path, what);
      if (container[member] === undefined) throw new Error(`${what}: there is no ${path} to take away.`);
      if (Array.isArray(container)) container.splice(Number(member), 1);
      else delete container[member];
    },
  };
}

/** A mutant of one statement of a policy, found by its Sid or by a word in it. */
export function statement(
  what: string,
  target: Target,
  word: string,
  change: (statement: Container, all: Container[]) => void,
): Mutant {
  return {
    what,
    weaken: (template) => {
      const { PolicyDocument, KeyPolicy, AssumeRolePolicyDocument } = resourceOf(template, target)
        .Properties as Record<string, { Statement: Container[] } | undefined>;
      const all = (PolicyDocument ?? KeyPolicy ?? AssumeRolePolicyDocument)?.Statement ?? [];
      const found = all.filter((candidate) => JSON.stringify(candidate).includes(word));
      const [one] = found;
      if (one === undefined || found.length !== 1)
        throw new Error(`${what}: ${found.length} statements have "${word}".`);
      change(one, all);
    },
  };
}

/** Takes the statement out of its policy. */
export function dropped(one: Container, all: Container[]): void {
  all.splice(all.indexOf(one), 1);
}

function resourceOf(template: TemplateJson, [type, logicalId]: Target): TemplateResource {
  const found = Object.entries(template.Resources).filter(
    ([id, resource]) => resource.Type === type && logicalId.test(id),
  );
  const [one] = found;
  if (one === undefined || found.length !== 1)
    throw new Error(`${found.length} resources are a ${type} like ${logicalId}.`);
  return one[1];
}

function placeOf(resource: Container, path: string, what: string): { container: Container; member: string } {
  const steps = path.split('/');
  const member = steps.pop() as string;
  let container: unknown = resource;
  for (const step of steps) container = (container as Container | undefined)?.[step];
  if (typeof container !== 'object' || container === null) throw new Error(`${what}: there is no ${path}.`);
  return { container: container as Container, member };
}
