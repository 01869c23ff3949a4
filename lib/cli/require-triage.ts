import type { LocalAccount } from '../local/account.ts';
import { ProblemsFound } from './problems-found.ts';

/** Refuses an account of an app that stands in the folder and deploys something else: nothing would happen in it. */
export function requireTriage({ eventSources }: LocalAccount): void {
  if (eventSources.size > 0) return;
  throw new ProblemsFound(
    'The app that cdk.json names here deploys no triage: add SecurityHubTriage to it, or stand in another folder.',
  );
}
