import { describe, expect, it } from 'vitest';
import { accountReply, attemptsAllowed, isNotAccounted } from '../../lib/triage/reply.ts';

const [A, B, C] = ['a', 'b', 'c'].map((Id) => ({ Id, ProductArn: 'arn:p:one' })) as [Id, Id, Id];
type Id = { readonly Id: string; readonly ProductArn: string };

function cause(code: string) {
  return { code, message: `because ${code}` };
}

describe('isNotAccounted', () => {
  it('is so of what a reply leaves out, and of nothing that it names', () => {
    const { failed } = accountReply([A, B], {
      processed: [],
      unprocessed: [{ finding: B, cause: cause('InternalFailure') }],
    });

    expect(failed.map((one) => isNotAccounted(one.cause))).toEqual([true, false]);
  });
});

describe('accountReply', () => {
  it('tells what was processed from what was not, in the order of what was sent', () => {
    const reply = { processed: [C, A], unprocessed: [{ finding: B, cause: cause('InvalidInput') }] };

    expect(accountReply([A, B, C], reply)).toEqual({
      processed: [A, C],
      failed: [{ finding: B, cause: cause('InvalidInput') }],
    });
  });

  it('says NotAccounted of what an empty reply leaves out', () => {
    expect(accountReply([A], { processed: [], unprocessed: [] })).toEqual({
      processed: [],
      failed: [
        {
          finding: A,
          cause: {
            code: 'NotAccounted',
            message: 'The reply named this finding neither as processed nor as unprocessed',
          },
        },
      ],
    });
  });

  it('goes by the first cause where a reply gives two', () => {
    const unprocessed = ['InvalidInput', 'InternalFailure'].map((code) => ({
      finding: A,
      cause: cause(code),
    }));

    expect(accountReply([A], { processed: [], unprocessed }).failed).toEqual([
      { finding: A, cause: cause('InvalidInput') },
    ]);
  });
});

describe('attemptsAllowed', () => {
  it.each([
    ['ConcurrentUpdateError', 4],
    ['InternalFailure', 4],
    ['NotAccounted', 4],
    ['FindingNotFound', 3],
    ['InvalidInput', 1],
    ['FindingSizeExceeded', 1],
    ['DuplicatedFindingIdentifier', 1],
    ['SomethingNew', 1],
  ])('sends %s at most %i times', (code, attempts) => {
    expect(attemptsAllowed(code)).toBe(attempts);
  });
});
