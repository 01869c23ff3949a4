import { diagnose } from '../diagnostic.ts';
import { distinctPlaces, impossibleNodes } from './condition-nodes.ts';
import type { LintCheck } from './lint-context.ts';

/** A condition that every finding fulfils narrows nothing, although its author thought that it did. */
export const checkAlwaysTrue: LintCheck = (context) =>
  distinctPlaces(
    impossibleNodes(context, false).map(({ file, path }) => {
      const isRoot = path.length === file.root.length;
      const message = isRoot
        ? 'Every finding fulfils these conditions.'
        : 'Every finding fulfils this condition.';
      const help = 'Take it out, or say what it should tell apart.';
      return diagnose(file.source, { path }, 'TR108', message, help);
    }),
  );
