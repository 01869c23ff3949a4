/** What became of one night's findings. */
export interface Night {
  readonly findings: number;
  readonly newlySuppressed: number;
  readonly calls: number;
  readonly invocations: number;
  readonly tripped: boolean;
  readonly paused: boolean;
  readonly waiting: number;
  readonly deadLetters: number;
  /** Of the account, from the first event until all was done or triage was paused. */
  readonly seconds: number;
}

/**
 * What a legitimate night and a ruined one show that they should not, as sentences. A night that suppresses nothing
 * at all is a fault, too: a breaker that trips on nothing has not been tried.
 */
export function faultsOf(quiet: Night, ruined: Night, budget: number | 'none'): readonly string[] {
  const faults: string[] = [];
  const say = (isFault: boolean, sentence: string): void => {
    if (isFault) faults.push(sentence);
  };
  say(quiet.tripped || quiet.paused, 'the legitimate night tripped the breaker');
  say(quiet.newlySuppressed === 0, 'the legitimate night suppressed nothing new');
  say(!ruined.tripped, 'the ruinous rule did not trip the breaker');
  say(!ruined.paused, 'triage went on under the ruinous rule');
  say(ruined.newlySuppressed === 0, 'the ruinous rule suppressed nothing');
  say(
    budget === 'none' || ruined.newlySuppressed > budget,
    `the ruinous rule suppressed ${ruined.newlySuppressed} findings, the budget is ${budget}`,
  );
  say(quiet.deadLetters + ruined.deadLetters > 0, 'findings were dead-lettered');
  return faults;
}
