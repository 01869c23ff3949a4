/**
 * The part of SARIF 2.1.0 that our logs use, in our words after the standard
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html): §3.13 log, §3.14 run, §3.18 tool,
 * §3.27 result, §3.29 physical location, §3.30 region, §3.49 reporting descriptor. Members outside it are refused.
 */
const object = (properties: Readonly<Record<string, unknown>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = object({ text: { type: 'string', minLength: 1 } }, ['text']);
const count = { type: 'integer', minimum: 1 };

const region = {
  ...object({ startLine: count, startColumn: count, endLine: count, endColumn: count }, ['startLine']),
};

const result = object(
  {
    ruleId: { type: 'string' },
    ruleIndex: { type: 'integer', minimum: 0 },
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message: text,
    locations: {
      type: 'array',
      items: object(
        {
          physicalLocation: object(
            {
              artifactLocation: object({ uri: { type: 'string', pattern: '^[^\\s\\\\"<>]+$' } }, ['uri']),
              region,
            },
            ['artifactLocation'],
          ),
        },
        ['physicalLocation'],
      ),
    },
  },
  ['message'],
);

const descriptor = object(
  { id: { type: 'string' }, name: { type: 'string' }, shortDescription: text, help: text },
  ['id'],
);

export const SARIF_SCHEMA = object(
  {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: object(
        {
          tool: object(
            {
              driver: object(
                {
                  name: { type: 'string', minLength: 1 },
                  rules: { type: 'array', uniqueItems: true, items: descriptor },
                },
                ['name'],
              ),
            },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: { type: 'array', items: result },
        },
        ['tool'],
      ),
    },
  },
  ['version', 'runs'],
);
