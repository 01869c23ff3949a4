import { creationBreach } from './automation-rules.ts';
import type { HubSettings } from './hub-settings.ts';
import { isObject, listAt } from './json.ts';
import type { RuleOperation } from './limits.ts';
import { arnOf, notSubscribed, type SettingsOwner } from './read-settings.ts';
import { done, invalidInput, type Reply } from './reply.ts';

/** The settings once a rule is made or taken away, with the answer; or the refusal. */
export function changeRules(
  operation: RuleOperation,
  request: unknown,
  settings: HubSettings,
  { id, nowMs, ...owner }: SettingsOwner & { readonly id: string; readonly nowMs: number },
): { readonly settings: HubSettings; readonly reply: Reply } {
  const { automationRules } = settings;
  if (!settings.cspm) return { settings, reply: notSubscribed(owner.accountId) };
  if (operation === 'BatchDeleteAutomationRules') {
    const arns = listAt(request, 'AutomationRulesArns');
    const [kept, gone] = [false, true].map((isGone) =>
      automationRules.filter(({ RuleArn }) => arns.includes(RuleArn) === isGone),
    );
    const reply = done({
      ProcessedAutomationRules: gone?.map(({ RuleArn }) => RuleArn),
      UnprocessedAutomationRules: [],
    });
    return { settings: { ...settings, automationRules: kept ?? [] }, reply };
  }
  const breach = creationBreach(request, nowMs);
  if (breach !== undefined || !isObject(request))
    return { settings, reply: invalidInput(breach ?? 'the request must be an object') };
  const RuleArn = arnOf(owner, `automation-rule/${id}`);
  const at = new Date(nowMs).toISOString();
  const rule = {
    RuleStatus: 'ENABLED',
    IsTerminal: false,
    ...request,
    RuleArn,
    CreatedAt: at,
    UpdatedAt: at,
  };
  return {
    settings: { ...settings, automationRules: [...automationRules, rule] },
    reply: done({ RuleArn }),
  };
}
