/**
 * What Security Hub accepts. Calls, sizes and rates:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html
 * Lengths: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export const FINDING_LIMITS = {
  findingsPerCall: 100,
  findingBytes: 240 * 1024,
  requestBytes: 6 * 1024 * 1024,
  idCharacters: 512,
  productArnMinCharacters: 12,
  productArnCharacters: 2048,
  generatorIdCharacters: 512,
  titleCharacters: 256,
  descriptionCharacters: 1024,
  resources: 32,
  resourceTypeCharacters: 256,
  productFields: 50,
  productFieldValueCharacters: 2048,
} as const;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
export const QUERY_LIMITS = { results: 100, filteredAttributes: 10, valuesPerFilter: 20 } as const;

export const OPERATIONS = ['BatchUpdateFindings', 'BatchImportFindings', 'GetFindings'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Calls per account and Region. */
export const QUOTAS: Readonly<
  Record<Operation, { readonly callsPerSecond: number; readonly burst: number }>
> = {
  BatchUpdateFindings: { callsPerSecond: 10, burst: 30 },
  BatchImportFindings: { callsPerSecond: 10, burst: 30 },
  GetFindings: { callsPerSecond: 3, burst: 6 },
};
