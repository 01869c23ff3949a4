import { isObject } from '../condition-sites.ts';
import { diagnose } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';

/** A block without conditions matches every finding: the engine takes nothing to fail as success, for `any` too. */
export const checkEmptyGroup: FileCheck = ({ source, sites }) =>
  sites.nodes.flatMap(({ node, path }) =>
    (['all', 'any'] as const).flatMap((name) => {
      const items = isObject(node) ? node[name] : undefined;
      if (!Array.isArray(items) || items.length > 0) return [];
      const message = `"${name}" is empty, so it would match every finding.`;
      return [
        diagnose(
          source,
          { path: [...path, name] },
          'TR105',
          message,
          'Add a condition or take the block out.',
        ),
      ];
    }),
  );
