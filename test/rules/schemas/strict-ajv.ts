import { Ajv } from 'ajv';
import { EDITOR_KEYWORDS } from '../../../lib/rules/schemas/json-schema.ts';

/** A validator that refuses schemas with a word nobody knows; a part of a schema may demand what another describes. */
export function strictAjv(): Ajv {
  const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
  ajv.addVocabulary(EDITOR_KEYWORDS);
  return ajv;
}
