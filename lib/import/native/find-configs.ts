import { isObject } from '../../rules/condition-sites.ts';

type Members = Readonly<Record<string, unknown>>;

/** The configurations of native rules in JSON documents, of one service; or why they are none. */
export type FoundConfigs =
  | { readonly service: 'cspm' | 'new'; readonly configs: readonly Members[] }
  | { readonly fault: string };

/** What to type for a file that can be imported. */
export const NATIVE_HOW_TO = `Print them with the AWS CLI, in the Region of the rules:
  aws securityhub batch-get-automation-rules --output json --automation-rules-arns \\
    $(aws securityhub list-automation-rules --query 'AutomationRulesMetadata[].RuleArn' --output text) > rules.json`;

const NEW_HOW_TO = `Those of the new Security Hub are printed one by one:
  for id in $(aws securityhub list-automation-rules-v2 --query 'Rules[].RuleId' --output text); do
    aws securityhub get-automation-rule-v2 --identifier "$id" --output json; done > rules.json`;

export const BOTH_HOW_TO = `${NATIVE_HOW_TO}\n${NEW_HOW_TO}`;

/**
 * Finds the rules in what `batch-get-automation-rules` or `get-automation-rule-v2` prints, several times over too, or
 * in a list of rules.
 */
export function findConfigs(documents: readonly unknown[]): FoundConfigs {
  const configs: Members[] = [];
  for (const document of documents) {
    if (isObject(document) && 'AutomationRulesMetadata' in document)
      return {
        fault: `This is a list of names alone: list-automation-rules tells no criteria. ${NATIVE_HOW_TO}`,
      };
    const found = isObject(document) && Array.isArray(document.Rules) ? document.Rules : document;
    const rules = Array.isArray(found) ? found : [found];
    if (rules.some((rule) => isObject(rule) && 'RuleId' in rule && !('Criteria' in rule)))
      return {
        fault: `This is a list of names alone: list-automation-rules-v2 tells no criteria. ${NEW_HOW_TO}`,
      };
    if (!rules.every((rule) => isObject(rule) && 'Criteria' in rule && 'Actions' in rule))
      return { fault: `This holds no automation rules. ${BOTH_HOW_TO}` };
    configs.push(...(rules as Members[]));
  }
  const [first] = configs;
  if (first === undefined) return { fault: `There is no automation rule in it. ${BOTH_HOW_TO}` };
  const isNew = configs.map((config) => isNewRule(config));
  if (new Set(isNew).size > 1)
    return {
      fault:
        'Rules of both services are in it, which act on findings of their own. Import them one after the other.',
    };
  return { service: isNew[0] ? 'new' : 'cspm', configs };
}

function isNewRule({ Criteria, RuleId }: Members): boolean {
  return RuleId !== undefined || (isObject(Criteria) && 'OcsfFindingCriteria' in Criteria);
}
