import { isObject } from '../condition-sites.ts';
import { diagnose, quote } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';
import { writtenUpdate } from '../written-update.ts';

/** The product keeps its marks in user-defined fields of its prefix: a rule that wrote them would forge them. */
export const checkReservedKey: FileCheck = (file, { config }) => {
  const { UserDefinedFields } = writtenUpdate(file);
  if (!isObject(UserDefinedFields)) return [];
  const reserved = [config.prefix, ...config.succeeds].flatMap((prefix) =>
    ['Rules', 'Set', 'Hold'].map((suffix) => `${prefix}${suffix}`),
  );
  return Object.keys(UserDefinedFields)
    .filter((key) => reserved.some((name) => key.startsWith(name)))
    .map((key) => {
      const at = { path: ['event', 'params', 'UserDefinedFields', key], part: 'key' } as const;
      const help = `Keys that begin with ${reserved.join(', ')} are the product's own.`;
      return diagnose(file.source, at, 'TR116', `The key ${quote(key)} is reserved.`, help);
    });
};
