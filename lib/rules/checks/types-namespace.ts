import { nearest } from '../../findings/nearest.ts';
import { diagnose, didYouMean, quote } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';
import { writtenUpdate } from '../written-update.ts';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html */
const NAMESPACES = [
  'Software and Configuration Checks',
  'TTPs',
  'Effects',
  'Unusual Behaviors',
  'Sensitive Data Identifications',
];

/** A type is `namespace/category/classifier`, the last two optional; the API knows five namespaces. */
export const checkTypesNamespace: FileCheck = (file) => {
  const { Types } = writtenUpdate(file);
  if (!Array.isArray(Types)) return [];
  return Types.flatMap((type, i) => {
    if (typeof type !== 'string' || type.startsWith('{{') || type.trim() === '') return [];
    const at = { path: ['event', 'params', 'Types', i] };
    // What a place inserts may hold slashes itself, in its path or in its value.
    const parts = type.replace(/\{\{[^{}]*\}\}/g, 'x').split('/');
    const [namespace = ''] = parts;
    if (!NAMESPACES.includes(namespace)) {
      const help = didYouMean(nearest(namespace, NAMESPACES)) ?? `One of: ${NAMESPACES.join(', ')}.`;
      return [
        diagnose(file.source, at, 'TR110', `${quote(namespace)} is no namespace of finding types.`, help),
      ];
    }
    if (parts.length <= 3 && parts.every((part) => part.trim() !== '')) return [];
    const help = 'A type is written namespace/category/classifier.';
    return [diagnose(file.source, at, 'TR110', `${quote(type)} is not written as a finding type.`, help)];
  });
};
