import { styleText } from 'node:util';
import { type Paint, PLAIN } from '../rules/surface.ts';

/** Where a text is written to; `hasColors` is there on terminals alone. */
interface Output {
  readonly isTTY?: boolean;
  readonly hasColors?: () => boolean;
}

/**
 * Whether an output gets colour: never with `--no-color` or NO_COLOR (https://no-color.org), always with FORCE_COLOR,
 * otherwise where a terminal can show it. An empty variable is as good as none.
 */
export function usesColour(
  output: Output,
  env: NodeJS.ProcessEnv,
  { color }: { readonly color: boolean },
): boolean {
  if (!color || env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !['0', 'false'].includes(env.FORCE_COLOR);
  return output.isTTY === true && output.hasColors?.() === true;
}

/** The emphasis of an output that gets colour, or of one that does not. */
export function paint(colour: boolean): Paint {
  if (!colour) return PLAIN.paint;
  const as = (format: 'bold' | 'green' | 'yellow' | 'red' | 'dim') => (text: string) =>
    styleText(format, text, { validateStream: false });
  return {
    strong: as('bold'),
    good: as('green'),
    doubtful: as('yellow'),
    bad: as('red'),
    faint: as('dim'),
  };
}
