import type { Operation } from './limits.ts';

/** The operation that a request asks for, with what its path says of it. */
export interface Route {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Operations.html */
const ROUTES: ReadonlyMap<string, Operation> = new Map([
  ['PATCH /findings/batchupdate', 'BatchUpdateFindings'],
  ['POST /findings/import', 'BatchImportFindings'],
  ['POST /findings', 'GetFindings'],
  ['GET /accounts', 'DescribeHub'],
  ['GET /hubv2', 'DescribeSecurityHubV2'],
  ['GET /administrator', 'GetAdministratorAccount'],
  ['GET /members', 'ListMembers'],
  ['GET /organization/configuration', 'DescribeOrganizationConfiguration'],
  ['GET /organization/admin', 'ListOrganizationAdminAccounts'],
  ['GET /findingAggregator/list', 'ListFindingAggregators'],
  ['GET /automationrules/list', 'ListAutomationRules'],
  ['POST /automationrules/get', 'BatchGetAutomationRules'],
  ['POST /automationrules/create', 'CreateAutomationRule'],
  ['POST /automationrules/delete', 'BatchDeleteAutomationRules'],
  ['GET /automationrulesv2/list', 'ListAutomationRulesV2'],
]);

const AGGREGATOR = 'GET /findingAggregator/get/';

/** Undefined where there is no such operation. */
export function routeOf(method: string, pathname: string): Route | undefined {
  const asked = `${method} ${pathname}`;
  if (asked.startsWith(AGGREGATOR)) {
    const FindingAggregatorArn = decodeURIComponent(asked.slice(AGGREGATOR.length));
    return { operation: 'GetFindingAggregator', labels: { FindingAggregatorArn } };
  }
  const operation = ROUTES.get(asked);
  return operation === undefined ? undefined : { operation, labels: {} };
}
