import { asked } from '../../account/call-failed.ts';
import { type Answer, answerOf } from './answer.ts';
import type { Connection } from './connect.ts';

/** Findings of linked Regions come together in the home Region. */
export interface Aggregation {
  readonly homeRegion: string;
  /** Which Regions are linked; `regions` are the specified ones. */
  readonly mode: string;
  readonly regions: readonly string[];
}

/** Null where findings stay in their Regions. */
export function readAggregation({ hub: { client, sdk } }: Connection): Promise<Answer<Aggregation | null>> {
  return answerOf(async () => {
    const { FindingAggregators = [] } = await asked('securityhub:ListFindingAggregators', 'the account', () =>
      client.send(new sdk.ListFindingAggregatorsCommand({})),
    );
    // An account has one at most.
    const arn = FindingAggregators[0]?.FindingAggregatorArn;
    if (arn === undefined) return null;
    const { FindingAggregationRegion, RegionLinkingMode, Regions } = await asked(
      'securityhub:GetFindingAggregator',
      arn,
      () => client.send(new sdk.GetFindingAggregatorCommand({ FindingAggregatorArn: arn })),
    );
    return {
      homeRegion: FindingAggregationRegion ?? arn.split(':')[3] ?? '',
      mode: RegionLinkingMode ?? '',
      regions: Regions ?? [],
    };
  });
}
