import type { Finding } from '../../findings/finding.ts';
import type { LeafCondition, Rule } from '../../rules/rule.ts';

/** A condition that holds for the finding, and a change to the finding that makes it alone fail. */
interface Trait {
  readonly leaf: LeafCondition & { readonly name: string };
  readonly nearMiss: { readonly name: string; readonly with: Readonly<Record<string, unknown>> };
}

export interface RuleRequest {
  readonly area: string;
  readonly name: string;
  readonly owner: string;
  readonly priority: number;
  /** The day (`YYYY-MM-DD`) at which its test decides. */
  readonly day: string;
  /** The name of the sample its test starts from. */
  readonly sample: string;
  /** The finding, or with invented accounts and addresses in place of its own. */
  readonly sampleFinding: Finding;
}

/**
 * Writes a rule that matches findings like this one, and its test with one near miss for each condition. The rule
 * observes and only notifies: what it should really do its author says next.
 */
export function ruleFromFinding(
  finding: Finding,
  request: RuleRequest,
): { readonly rule: Rule & { readonly $schema: string }; readonly test: unknown } {
  const traits = traitsOf(finding);
  const title = textOf(finding.Title) ?? textOf(finding.GeneratorId) ?? finding.Id;
  const rule = {
    $schema: '../rule.schema.json',
    name: request.name,
    description: `Findings like "${title.slice(0, 120)}".`,
    owner: request.owner,
    mode: 'observe',
    priority: request.priority,
    conditions: conditionsFor(finding),
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
  } as const;
  // What the rule reads is the finding's own, where the sample has something invented.
  const moved = Object.fromEntries(
    traits
      .map(({ leaf }) => leaf.fact)
      .filter((fact) => JSON.stringify(finding[fact]) !== JSON.stringify(request.sampleFinding[fact]))
      .map((fact) => [fact, finding[fact]]),
  );
  const patch = (change: Readonly<Record<string, unknown>>) => {
    const whole = { ...moved, ...change };
    return Object.keys(whole).length === 0 ? {} : { with: whole };
  };
  const test = {
    $schema: '../test.schema.json',
    rule: request.name,
    now: `${request.day}T00:00:00Z`,
    cases: [
      {
        name: 'the finding it was made from',
        finding: request.sample,
        ...patch({}),
        expect: { matches: true },
      },
      ...traits.map(({ leaf, nearMiss }) => ({
        name: nearMiss.name,
        finding: request.sample,
        ...patch(nearMiss.with),
        expect: { matches: false, because: leaf.name },
      })),
    ],
  };
  return { rule, test };
}

/** What a rule made from this finding asks for. */
export function conditionsFor(finding: Finding): { readonly all: readonly LeafCondition[] } {
  return { all: traitsOf(finding).map(({ leaf }) => leaf) };
}

function traitsOf(finding: Finding): readonly Trait[] {
  return [productOf(finding), kindOf(finding), accountOf(finding), resourceTypeOf(finding)].filter(
    (trait) => trait !== undefined,
  );
}

function productOf({ ProductName, ProductArn }: Finding): Trait {
  const name = textOf(ProductName);
  const leaf =
    name === undefined
      ? ({ name: 'product', fact: 'ProductArn', operator: 'equal', value: ProductArn } as const)
      : ({ name: 'product', fact: 'ProductName', operator: 'equal', value: name } as const);
  const other = leaf.fact === 'ProductName' ? 'Another product' : `${ProductArn}-other`;
  return { leaf, nearMiss: { name: 'the same from another product', with: { [leaf.fact]: other } } };
}

/** The control, else the first type, else the generator: the narrowest of what the finding says of its kind. */
function kindOf(finding: Finding): Trait | undefined {
  const control = textOf(memberOf(finding.Compliance, 'SecurityControlId'));
  if (control !== undefined) {
    return {
      leaf: { name: 'control', fact: 'Compliance.SecurityControlId', operator: 'equal', value: control },
      nearMiss: { name: 'another control', with: { Compliance: { SecurityControlId: `${control}0` } } },
    };
  }
  const type = Array.isArray(finding.Types)
    ? finding.Types.map(textOf).find((text) => text !== undefined)
    : undefined;
  if (type !== undefined) {
    return {
      leaf: { name: 'type', fact: 'Types', operator: 'someFact:equal', value: type },
      nearMiss: { name: 'another type', with: { Types: [`${type}-other`] } },
    };
  }
  const generator = textOf(finding.GeneratorId);
  if (generator === undefined) return undefined;
  return {
    leaf: { name: 'generator', fact: 'GeneratorId', operator: 'equal', value: generator },
    nearMiss: { name: 'another generator', with: { GeneratorId: `${generator}-other` } },
  };
}

/** The account's 12 digits; test feeds have other texts there, which no rule can ask for. */
export function accountIdOf({ AwsAccountId }: Finding): string | undefined {
  const account = textOf(AwsAccountId);
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function accountOf(finding: Finding): Trait | undefined {
  const account = accountIdOf(finding);
  if (account === undefined) return undefined;
  const other = account === '444455556666' ? '111122223333' : '444455556666';
  return {
    leaf: { name: 'account', fact: 'AwsAccountId', operator: 'equal', value: account },
    nearMiss: { name: 'the same in another account', with: { AwsAccountId: other } },
  };
}

function resourceTypeOf({ Resources }: Finding): Trait | undefined {
  const types = Array.isArray(Resources)
    ? Resources.map((resource) => textOf(memberOf(resource, 'Type')))
    : [];
  const type = types.find((text) => text !== undefined);
  if (type === undefined) return undefined;
  const other = type === 'Other' ? 'Container' : 'Other';
  return {
    leaf: { name: 'resource type', fact: 'Resources[*].Type', operator: 'someFact:equal', value: type },
    nearMiss: {
      name: 'the same on another resource',
      with: { Resources: [{ Type: other, Id: 'example' }] },
    },
  };
}

/** A member's text where it is no blank one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && /\S/.test(value) ? value : undefined;
}

/** A member of something that may be no object. */
export function memberOf(holder: unknown, name: string): unknown {
  if (holder === null || typeof holder !== 'object' || !Object.hasOwn(holder, name)) return undefined;
  return (holder as Readonly<Record<string, unknown>>)[name];
}
