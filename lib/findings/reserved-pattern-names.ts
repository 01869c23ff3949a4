/**
 * Names that EventBridge's published matcher keeps for operators, present and future, and refuses as fields inside
 * `$or`: https://github.com/aws/event-ruler, ReservedFieldNames
 */
export const RESERVED_INSIDE_OR: ReadonlySet<string> = new Set([
  ...[
    'exactly',
    'equals-ignore-case',
    'prefix',
    'suffix',
    'anything-but',
    'exists',
    'wildcard',
    'numeric',
    'cidr',
  ],
  ...[
    '=',
    '<',
    '<=',
    '>',
    '>=',
    'regex',
    'not-wildcard',
    'not-equals-ignore-case',
    'date-after',
    'date-before',
  ],
  ...[
    'date-on-or-after',
    'date-on-or-before',
    'in-date-range',
    'ip-address-in-range',
    'ip-address-not-in-range',
  ],
]);
