import { diagnose } from '../diagnostic.ts';
import type { Workspace, WorkspaceCheck } from '../workspace.ts';

/** Conditions that name each other in a circle would be followed for ever. Each circle is told once. */
export const checkConditionCycle: WorkspaceCheck = (workspace) => {
  const told = new Set<string>();
  return [...workspace.conditions.keys()].sort().flatMap((start) => {
    const circle = circleThrough(start, workspace);
    if (circle === undefined || circle.some((name) => told.has(name))) return [];
    for (const name of circle) told.add(name);
    const file = workspace.conditions.get(start);
    const next = circle[1] ?? start;
    const reference = file?.sites.references.find(({ name }) => name === next);
    if (file === undefined || reference === undefined) return [];
    const message = `This condition refers to itself: ${[...circle, start].join(' → ')}.`;
    return [
      diagnose(file.source, { path: reference.path }, 'TR114', message, 'Take one of the references out.'),
    ];
  });
};

/** The shortest way from a condition back to itself, by breadth. */
function circleThrough(start: string, { conditions }: Workspace): readonly string[] | undefined {
  const seen = new Set<string>();
  let paths: (readonly string[])[] = [[start]];
  while (paths.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const path of paths) {
      for (const { name } of conditions.get(path.at(-1) ?? '')?.sites.references ?? []) {
        if (name === start) return path;
        if (typeof name !== 'string' || seen.has(name)) continue;
        seen.add(name);
        longer.push([...path, name]);
      }
    }
    paths = longer;
  }
  return undefined;
}
