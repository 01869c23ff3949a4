import { isObject } from '../condition-sites.ts';
import { diagnose, quote } from '../diagnostic.ts';
import type { Literal } from '../meeting/literal.ts';
import { distinctPlaces, impossibleNodes } from './condition-nodes.ts';
import type { LintCheck } from './lint-context.ts';

/** Conditions that no finding can fulfil make a rule, or a branch of it, that looks alive and never is. */
export const checkContradiction: LintCheck = (context) =>
  distinctPlaces(
    impossibleNodes(context, true).map(({ file, path, solution }) => {
      const clash = solution.can === 'no' ? solution.clash : [];
      const last = clash.findLast((literal) => literal.file === file);
      const at = last === undefined ? { path } : { path: [...last.path, 'value'] };
      const message =
        clash.length === 1
          ? 'No finding fulfils this condition.'
          : 'No finding fulfils these conditions together.';
      const said = clash.map(saidBy).join(' and ');
      const help = `${said === '' ? '' : `${said} ${clash.length === 1 ? 'is never true' : 'are never true at once'}. `}Correct one, or use "any".`;
      return diagnose(file.source, at, 'TR107', message, help);
    }),
  );

function saidBy({ leaf, holds }: Literal): string {
  const { value } = leaf;
  const right = isObject(value) && typeof value.fact === 'string' ? value.fact : quote(value);
  return `${holds ? '' : 'not '}(${leaf.fact} ${leaf.operator} ${right})`;
}
