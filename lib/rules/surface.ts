/** Emphasis for people. Words and signs carry the meaning: without colour the texts come back as they are. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** What people read a text on. */
export interface Surface {
  readonly paint: Paint;
  /** How wide the terminal is; 80 where nothing says so. */
  readonly columns?: number;
}

const asItIs = (text: string): string => text;

/** Files, pipes and messages of errors. */
export const PLAIN: Surface = {
  paint: { strong: asItIs, good: asItIs, doubtful: asItIs, bad: asItIs, faint: asItIs },
};
