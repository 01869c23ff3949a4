import { FINDING, lookUpPath } from '../findings/catalogue.ts';
import { type AsffPath, parsePath } from '../findings/path.ts';
import { readSdkDeclarations } from './sdk-declarations.ts';

const OWN: Readonly<Record<string, string>> = {
  ageDays: 'Whole days since CreatedAt.',
  'event.detailType': 'What kind of event brought the finding: an import, or a custom action.',
  'event.actionName': 'The name of the custom action that somebody pressed.',
};

/** What a fact is about, in a sentence or two; undefined where nobody says, as of keys that anybody may choose. */
export function describeFact(fact: string): string | undefined {
  if (Object.hasOwn(OWN, fact)) return OWN[fact];
  if (fact.startsWith('lists.'))
    return `The values of rules/context/${fact.slice('lists.'.length)}.json that hold at the time.`;
  if (fact.startsWith('account.'))
    return "What rules/context/accounts.json says of the finding's account; missing where it is not listed.";
  const segments = [...(parsePath(fact)?.segments ?? [])];
  while (segments.length > 0 && typeof segments.at(-1) !== 'string') segments.pop();
  const member = segments.pop();
  if (member === undefined) return undefined;
  const owner = segments.length === 0 ? FINDING : elementAt({ text: fact, segments });
  return readSdkDeclarations().get(`${owner}.${String(member)}`)?.description || undefined;
}

function elementAt(path: AsffPath): string | undefined {
  const found = lookUpPath(path);
  return found.known ? found.element : undefined;
}
