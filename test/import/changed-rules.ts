import type { ManagerRule } from './findings-manager-reference.ts';

type MatchOn = ManagerRule['match_on'];

/** The rules otherwise in one respect each: turned round, wider or narrower in one member of one rule. */
export function changedRules(
  rules: readonly ManagerRule[],
): readonly (readonly [what: string, changed: readonly ManagerRule[]])[] {
  const changes = rules.flatMap((rule) =>
    changesOf(rule.match_on).map(([what, match_on]): readonly [string, readonly ManagerRule[]] => [
      `${what} in "${rule.note}"`,
      rules.map((other) => (other === rule ? { ...rule, match_on } : other)),
    ]),
  );
  return [['the order turned round', rules.toReversed()], ...changes];
}

function changesOf(on: MatchOn): readonly (readonly [what: string, on: MatchOn])[] {
  const asking = Object.entries(on).filter(([, value]) => value.length > 0);
  return [
    ...asking.flatMap(([name, value]): [string, MatchOn][] => [
      [`no ${name}`, { ...on, [name]: typeof value === 'string' ? '' : [] }],
      [`another ${name}`, { ...on, [name]: elsewhere(value) }],
    ]),
    ...asking.flatMap(([name, value]): [string, MatchOn][] =>
      typeof value === 'string' || value.length < 2
        ? []
        : value.map((item, i) => [`no ${JSON.stringify(item)}`, { ...on, [name]: value.toSpliced(i, 1) }]),
    ),
    ...anchored(on.resource_id_regexps ?? []).map(([text, plain]): [string, MatchOn] => [
      `${plain} for ${text}`,
      {
        ...on,
        resource_id_regexps: on.resource_id_regexps?.map((one) => (one === text ? plain : one)) ?? [],
      },
    ]),
  ];
}

/** What no finding has. */
function elsewhere(value: string | readonly unknown[]): string | readonly unknown[] {
  if (typeof value === 'string') return 'no finding has it';
  return value.map((item) =>
    typeof item === 'string' ? 'no finding has it' : { key: 'none', value: 'none' },
  );
}

/** Each expression with an anchor, and without one of them. */
function anchored(expressions: readonly string[]): readonly (readonly [text: string, plain: string])[] {
  return expressions.flatMap((text) =>
    [...text.matchAll(/(?<!\\)[$^]/g)].map(({ index }): [string, string] => [
      text,
      text.slice(0, index) + text.slice(index + 1),
    ]),
  );
}
