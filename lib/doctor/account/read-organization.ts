import { asked } from '../../account/call-failed.ts';
import { allPages } from './all-pages.ts';
import { type Answer, answerOf, answerOrMeaning, type FailedCall, isRefusedByIam } from './answer.ts';
import type { Connection } from './connect.ts';

/** Where this account stands among others. */
export interface Organization {
  /** The account whose member this one is. */
  readonly administrator: Answer<string | null>;
  readonly members: Answer<{ readonly count: number; readonly hasMore: boolean }>;
  /** Whether the organization has delegated Security Hub CSPM to this account. */
  readonly isDelegated: Answer<boolean>;
  /** Whom the organization has delegated it to; null where this is not its management account, which alone is told. */
  readonly delegatedTo: Answer<readonly string[] | null>;
}

/** 1–50: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ListMembers.html */
const MEMBERS_PER_CALL = 50;
/** Enough to know that there are many. */
const MOST_PAGES_OF_MEMBERS = 20;

export async function readOrganization({ hub: { client, sdk } }: Connection): Promise<Organization> {
  const administrator = await answerOf(async () => {
    const { Administrator } = await asked('securityhub:GetAdministratorAccount', 'the hub', () =>
      client.send(new sdk.GetAdministratorAccountCommand()),
    );
    return Administrator?.AccountId ?? null;
  });
  const members = await answerOrMeaning(
    async () => {
      const { items, hasMore } = await allPages(async (NextToken) => {
        const command = new sdk.ListMembersCommand({
          ...{ OnlyAssociated: true, MaxResults: MEMBERS_PER_CALL },
          ...(NextToken !== undefined && { NextToken }),
        });
        const reply = await asked('securityhub:ListMembers', 'the hub', () => client.send(command));
        return { items: reply.Members ?? [], nextToken: reply.NextToken };
      }, MOST_PAGES_OF_MEMBERS);
      return { count: items.length, hasMore };
    },
    meansNotThisAccount({ count: 0, hasMore: false }),
  );
  // Told to the delegated administrator alone.
  const isDelegated = await answerOrMeaning(async () => {
    await asked('securityhub:DescribeOrganizationConfiguration', 'the hub', () =>
      client.send(new sdk.DescribeOrganizationConfigurationCommand()),
    );
    return true;
  }, meansNotThisAccount(false));
  const delegatedTo = await answerOrMeaning<readonly string[] | null>(async () => {
    const { AdminAccounts = [] } = await asked('securityhub:ListOrganizationAdminAccounts', 'the hub', () =>
      client.send(new sdk.ListOrganizationAdminAccountsCommand({})),
    );
    return AdminAccounts.flatMap(({ AccountId }) => AccountId ?? []);
  }, meansNotThisAccount(null));
  return { administrator, members, isDelegated, delegatedTo };
}

/** The service refuses all accounts but one; where IAM refuses, nothing is known of the account. */
function meansNotThisAccount<T>(value: T): (failed: FailedCall) => { readonly value: T } | null {
  return (failed) =>
    /^(InvalidAccess|AccessDenied)/.test(failed.failure.cause.code) && !isRefusedByIam(failed)
      ? { value }
      : null;
}
