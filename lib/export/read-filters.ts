import { readFileSync } from 'node:fs';
import { FILTER_LIMITS, type Filters } from '../findings/finding-filters.ts';

export type FiltersReading =
  | { readonly kind: 'filters'; readonly filters: Filters }
  | { readonly kind: 'invalid'; readonly why: string };

/** AwsSecurityFindingFilters from a file, sent as they are; whether attributes exist is for Security Hub to say. */
export function readFilters(path: string): FiltersReading {
  let filters: unknown;
  try {
    filters = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing) return invalid('there is no such file');
    return invalid(error instanceof SyntaxError ? 'it is not JSON' : String(error));
  }
  if (!isObject(filters)) return invalid('it holds no object of filters');
  const attributes = Object.entries(filters);
  if (attributes.length > FILTER_LIMITS.attributes)
    return invalid(`it names ${attributes.length} attributes, and ${FILTER_LIMITS.attributes} is the most`);
  const wrong = attributes.find(
    ([, values]) => !Array.isArray(values) || values.length > FILTER_LIMITS.values || !values.every(isObject),
  );
  if (wrong !== undefined)
    return invalid(`${JSON.stringify(wrong[0])} is no list of at most ${FILTER_LIMITS.values} filters`);
  return { kind: 'filters', filters };
}

function invalid(why: string): FiltersReading {
  return { kind: 'invalid', why };
}

function isObject(value: unknown): value is Filters {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
