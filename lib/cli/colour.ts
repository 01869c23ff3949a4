import { styleText } from 'node:util';

/** Emphasis for people. Words and signs carry the meaning: without colour the texts come back as they are. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

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
  const as = (format: 'bold' | 'green' | 'red' | 'dim') => (text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  return { strong: as('bold'), good: as('green'), bad: as('red'), faint: as('dim') };
}
