import { asked } from '../../account/call-failed.ts';
import { allPages } from './all-pages.ts';
import { type Answer, answerOf } from './answer.ts';
import type { Connection } from './connect.ts';

type Members = Readonly<Record<string, unknown>>;

/** An automation rule of the new Security Hub, as far as its list tells. */
export interface NewRule {
  readonly name: string;
  readonly isEnabled: boolean;
  /** `FINDING_FIELDS_UPDATE` or `EXTERNAL_INTEGRATION`. */
  readonly actions: readonly string[];
}

/** 1–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchGetAutomationRules.html */
const RULES_PER_CALL = 100;

/** Native automation rules of Security Hub CSPM with all that they hold, as BatchGetAutomationRules has them. */
export function readAutomationRules({
  hub: { client, sdk },
}: Connection): Promise<Answer<readonly Members[]>> {
  return answerOf(async () => {
    const { items } = await allPages(async (NextToken) => {
      const command = new sdk.ListAutomationRulesCommand({
        MaxResults: RULES_PER_CALL,
        ...(NextToken !== undefined && { NextToken }),
      });
      const reply = await asked('securityhub:ListAutomationRules', 'the account', () => client.send(command));
      return { items: reply.AutomationRulesMetadata ?? [], nextToken: reply.NextToken };
    });
    const arns = items.flatMap(({ RuleArn }) => RuleArn ?? []);
    const rules: Members[] = [];
    for (let at = 0; at < arns.length; at += RULES_PER_CALL) {
      const AutomationRulesArns = arns.slice(at, at + RULES_PER_CALL);
      const { Rules = [] } = await asked('securityhub:BatchGetAutomationRules', 'its automation rules', () =>
        client.send(new sdk.BatchGetAutomationRulesCommand({ AutomationRulesArns })),
      );
      rules.push(...(Rules as readonly object[] as readonly Members[]));
    }
    return rules;
  });
}

/** Automation rules of the new Security Hub, which change its own findings. */
export function readNewAutomationRules({
  hub: { client, sdk },
}: Connection): Promise<Answer<readonly NewRule[]>> {
  return answerOf(async () => {
    const { items } = await allPages(async (NextToken) => {
      const command = new sdk.ListAutomationRulesV2Command({
        MaxResults: RULES_PER_CALL,
        ...(NextToken !== undefined && { NextToken }),
      });
      const reply = await asked('securityhub:ListAutomationRulesV2', 'the account', () =>
        client.send(command),
      );
      return { items: reply.Rules ?? [], nextToken: reply.NextToken };
    });
    return items.map(({ RuleName, RuleStatus, Actions }) => ({
      name: RuleName ?? '',
      isEnabled: RuleStatus !== 'DISABLED',
      actions: (Actions ?? []).flatMap(({ Type }) => Type ?? []),
    }));
  });
}
