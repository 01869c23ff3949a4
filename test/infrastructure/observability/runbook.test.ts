import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { repositoryOf, runbookOf } from '../../../lib/infrastructure/observability/runbook.ts';

const WARNING = Match.stringLikeRegexp('set triage:runbookUrl');

function told(runbookUrl: string | undefined, repository: string | undefined) {
  const stack = new Stack(new App(), 'Stack');
  const at = runbookOf(stack, runbookUrl === undefined ? {} : { runbookUrl }, repository)('Dead letters');
  return { at, warnings: Annotations.fromStack(stack).findWarning('*', WARNING).length };
}

describe('where an alarm says its runbook is', () => {
  it('is the address that is set, before that of the repository', () => {
    expect(told('https://wiki.example.com/triage', 'https://example.com/x')).toEqual({
      at: 'https://wiki.example.com/triage#dead-letters',
      warnings: 0,
    });
    expect(told(undefined, 'https://example.com/x')).toEqual({
      at: 'https://example.com/x#dead-letters',
      warnings: 0,
    });
  });

  it('is no more than a name where neither is known, and synthesis warns', () => {
    expect(told(undefined, undefined)).toEqual({
      at: 'README.md#dead-letters, whose address is set by triage:runbookUrl',
      warnings: 1,
    });
  });

  it.each([
    ['https://github.com/acme/triage', 'https://github.com/acme/triage'],
    [
      { type: 'git', url: 'git+https://git.example.com/acme/triage.git' },
      'https://git.example.com/acme/triage',
    ],
    ['git@git.example.com:acme/triage.git', 'https://git.example.com/acme/triage'],
    ['ssh://git@git.example.com/acme/triage.git', 'https://git.example.com/acme/triage'],
    ['github:acme/triage', 'https://github.com/acme/triage'],
    ['../triage', undefined],
    [undefined, undefined],
  ])('reads %j in package.json', (repository, expected) => {
    expect(repositoryOf(repository === undefined ? {} : { repository })).toBe(expected);
  });
});
