/** A remark of GitHub at lines of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** Lines and columns from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly col: number;
  /** Read by GitHub only where the remark is about one line. */
  readonly endColumn?: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten annotations of each level a step; the rest would be dropped without a word. */
const MAX_ANNOTATIONS = 10;

/** Workflow commands, which GitHub shows beside the changed lines: errors first, the last of ten says how many more. */
export function annotationLines(annotations: readonly Annotation[]): readonly string[] {
  const of = (wanted: Annotation['level']) => annotations.filter(({ level }) => level === wanted);
  const sorted = [...of('error'), ...of('warning')];
  const shown = sorted.slice(0, MAX_ANNOTATIONS);
  const more = sorted.length - shown.length;
  return shown.map((item, i) =>
    commandOf(item, more > 0 && i === shown.length - 1 ? `\n… and ${more} more.` : ''),
  );
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function commandOf({ level, message, ...properties }: Annotation, more: string): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${level} ${written.join(',')}::${commandText(message + more)}`;
}

function commandText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
