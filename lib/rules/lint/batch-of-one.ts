import { parsePath } from '../../findings/path.ts';
import { diagnose, quote } from '../diagnostic.ts';
import { placesOf } from '../engine/template.ts';
import { templatesOf } from '../written-update.ts';
import type { LintCheck } from './lint-context.ts';

/** Members that are another text on nearly every finding. */
const DISTINCT_MEMBERS = [
  'Id',
  'Description',
  'Title',
  'SourceUrl',
  'Resources',
  'Network',
  'NetworkPath',
  'Process',
];
/** Below `Resources`, what many resources have in common. */
const SHARED_OF_RESOURCES = ['Type', 'Region', 'Partition', 'Tags', 'ResourceRole'];
const DISTINCT_PRODUCT_FIELD = /FindingId|FindingArn|resourceId|Resources:|\/arn$|ipAddress/i;

/** One call updates up to 100 findings that get the same content; a text of its own on each makes a call for each. */
export const checkBatchOfOne: LintCheck = ({ rules }) =>
  rules.flatMap(({ file }) =>
    templatesOf(file).flatMap(({ path, text }) => {
      const fact = placesOf(text).find(isDistinct);
      if (fact === undefined) return [];
      const message = `{{${fact}}} differs on nearly every finding, so each needs a call of its own instead of one for 100.`;
      const help =
        'The finding says it already: leave it out, or use what many share, such as {{account.owner}}.';
      return [diagnose(file.source, { path }, 'TR209', message, `${help} Written here: ${quote(text)}.`)];
    }),
  );

function isDistinct(fact: string): boolean {
  const names = (parsePath(fact)?.segments ?? []).filter((segment) => typeof segment === 'string');
  const [member = '', second = ''] = names;
  if (member === 'ProductFields') return DISTINCT_PRODUCT_FIELD.test(second);
  if (member === 'Resources') return !SHARED_OF_RESOURCES.includes(second);
  return DISTINCT_MEMBERS.includes(member) && names.length >= 1;
}
