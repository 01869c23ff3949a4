/**
 * Where ASFF holds what a field of OCSF does, by the field's name in the filters of Security Hub's V2 rules; what is
 * not here has no equivalent. `assumed` says that the two services are not documented to write the same there.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_OcsfStringFilter.html
 */
export interface OcsfText {
  readonly fact: string;
  readonly list: boolean;
  /** The value in ASFF by the value in OCSF; undefined where there is none. Without it, values are the same. */
  readonly value?: (text: string) => string | undefined;
  readonly assumed?: true;
}

const text = (fact: string, more: Partial<OcsfText> = {}): OcsfText => ({
  fact,
  list: fact.includes('[*]'),
  ...more,
});
const by =
  (values: Readonly<Record<string, string>>) =>
  (value: string): string | undefined =>
    Object.hasOwn(values, value) ? values[value] : undefined;

/** https://schema.ocsf.io/1.6.0/objects/finding_info: severities by name; 6 Fatal and 0 Unknown have no label. */
export const LABEL_BY_SEVERITY = {
  Informational: 'INFORMATIONAL',
  Low: 'LOW',
  Medium: 'MEDIUM',
  High: 'HIGH',
  Critical: 'CRITICAL',
} as const;

/** In Progress is the nearest to NOTIFIED: somebody knows of it. Archived is no workflow status. */
export const WORKFLOW_BY_STATUS = {
  New: 'NEW',
  'In Progress': 'NOTIFIED',
  Suppressed: 'SUPPRESSED',
  Resolved: 'RESOLVED',
} as const;

const COMPLIANCE_BY_STATUS = { Pass: 'PASSED', Fail: 'FAILED', Warning: 'WARNING' };

export const OCSF_TEXTS: Readonly<Record<string, OcsfText>> = {
  'cloud.account.uid': text('AwsAccountId'),
  'cloud.account.name': text('AwsAccountName'),
  'cloud.region': text('Region'),
  'compliance.control': text('Compliance.SecurityControlId', { assumed: true }),
  'compliance.standards': text('Compliance.AssociatedStandards[*].StandardsId', { assumed: true }),
  'compliance.status': text('Compliance.Status', { value: by(COMPLIANCE_BY_STATUS) }),
  'finding_info.desc': text('Description'),
  'finding_info.src_url': text('SourceUrl'),
  'finding_info.title': text('Title'),
  'finding_info.types': text('Types', { list: true, assumed: true }),
  'finding_info.uid': text('Id', { assumed: true }),
  'finding_info.related_events.uid': text('RelatedFindings[*].Id', { assumed: true }),
  'metadata.product.name': text('ProductName', { assumed: true }),
  'metadata.product.uid': text('ProductArn', {
    value: (arn) => (arn.includes('::productv2/') ? arn.replace('::productv2/', '::product/') : undefined),
    assumed: true,
  }),
  'remediation.desc': text('Remediation.Recommendation.Text'),
  'remediation.references': text('Remediation.Recommendation.Url', { assumed: true }),
  'resources.cloud_partition': text('Resources[*].Partition'),
  'resources.region': text('Resources[*].Region', { assumed: true }),
  'resources.uid': text('Resources[*].Id', { assumed: true }),
  severity: text('Severity.Label', { value: by(LABEL_BY_SEVERITY) }),
  'vendor_attributes.severity': text('FindingProviderFields.Severity.Label', {
    value: by(LABEL_BY_SEVERITY),
  }),
  status: text('Workflow.Status', { value: by(WORKFLOW_BY_STATUS), assumed: true }),
  comment: text('Note.Text'),
  'vulnerabilities.cve.uid': text('Vulnerabilities[*].Id'),
  'vulnerabilities.affected_packages.name': text('Vulnerabilities[*].VulnerablePackages[*].Name'),
};

/** Numbers that stand for one of a few values: which texts they are in ASFF. */
export const OCSF_CODES: Readonly<
  Record<
    string,
    { readonly fact: string; readonly values: Readonly<Record<number, string>>; readonly assumed?: true }
  >
> = {
  severity_id: {
    fact: 'Severity.Label',
    values: { 1: 'INFORMATIONAL', 2: 'LOW', 3: 'MEDIUM', 4: 'HIGH', 5: 'CRITICAL' },
  },
  'vendor_attributes.severity_id': {
    fact: 'FindingProviderFields.Severity.Label',
    values: { 1: 'INFORMATIONAL', 2: 'LOW', 3: 'MEDIUM', 4: 'HIGH', 5: 'CRITICAL' },
  },
  status_id: {
    fact: 'Workflow.Status',
    values: { 1: 'NEW', 2: 'NOTIFIED', 3: 'SUPPRESSED', 4: 'RESOLVED' },
    assumed: true,
  },
  'compliance.status_id': {
    fact: 'Compliance.Status',
    values: { 1: 'PASSED', 2: 'WARNING', 3: 'FAILED' },
    assumed: true,
  },
};

export const OCSF_NUMBERS: Readonly<Record<string, string>> = {
  confidence_score: 'Confidence',
};

export const OCSF_DATES: Readonly<Record<string, string>> = {
  'finding_info.created_time_dt': 'CreatedAt',
  'finding_info.first_seen_time_dt': 'FirstObservedAt',
  'finding_info.last_seen_time_dt': 'LastObservedAt',
  'finding_info.modified_time_dt': 'UpdatedAt',
};

export const OCSF_FLAGS: Readonly<Record<string, string>> = {
  'vulnerabilities.is_exploit_available': 'Vulnerabilities[*].ExploitAvailable',
  'vulnerabilities.is_fix_available': 'Vulnerabilities[*].FixAvailable',
};

export const OCSF_MAPS: Readonly<Record<string, string>> = {
  'resources.tags': 'Resources[*].Tags',
};
