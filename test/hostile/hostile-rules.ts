const startsWith = (start: string) => ({ fact: 'Title', operator: 'startsWith', value: start });

/** Rules that touch what an attacker can write: templates of free text, expressions, list, map and date facts. */
export const HOSTILE_RULES = [
  {
    name: 'lower-it',
    conditions: { all: [startsWith('lower')] },
    event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
  },
  {
    name: 'quote-it',
    conditions: { all: [startsWith('quote')] },
    event: {
      type: 'update',
      params: {
        Note: { Text: 'Seen: {{Title}}' },
        UserDefinedFields: { echo: '{{Description}}', both: '{{Title}}{{Description}}' },
      },
    },
  },
  {
    name: 'match-it',
    conditions: { any: [{ fact: 'Description', operator: 'matches', value: '(a|aa)+(a+)+b?' }] },
    event: { type: 'update', params: { Confidence: 1 } },
  },
  {
    name: 'read-it',
    conditions: {
      any: [
        { fact: 'Resources[*].Tags.env', operator: 'someFact:equal', value: 'prod' },
        { fact: 'ProductFields["aws/securityhub/ProductName"]', operator: 'glob', value: 'Hostile*' },
        { fact: 'Network.SourceIpV4', operator: 'inCidr', value: '10.0.0.0/8' },
        { fact: 'Confidence', operator: 'greaterThan', value: 1000 },
        { fact: 'CreatedAt', operator: 'after', value: '2099-01-01' },
        { fact: 'Types', operator: 'someFact:includes', value: 'Hostile' },
        {
          fact: 'Resources',
          operator: 'anyElement',
          value: { all: [{ fact: 'Type', operator: 'equal', value: 'Hostile' }] },
        },
      ],
    },
    event: { type: 'update', params: { Criticality: 5 } },
  },
];
