import { describe, expect, it } from 'vitest';
import { sharesByArea } from './authors/areas.ts';

const frame = (id: number, functionName: string, url: string) => ({ id, callFrame: { functionName, url } });

describe('where a profiled command spent its time', () => {
  it('is told by package, by file of ours and by what Node does, without idle time', () => {
    const shares = sharesByArea({
      nodes: [
        frame(1, 'run', 'file:///here/node_modules/json-rules-engine/dist/engine.js'),
        frame(2, 'meet', 'file:///here/lib/rules/meeting/meet.ts'),
        frame(3, '(idle)', ''),
        frame(4, 'x', 'file:///here/node_modules/@scope/name/x.js'),
        frame(5, '(garbage collector)', ''),
      ],
      samples: [1, 2, 3, 4, 5, 1],
      timeDeltas: [30, 20, 900, 10, 10, 30],
    });

    expect(shares).toEqual([
      { area: 'json-rules-engine', share: 0.6 },
      { area: 'lib/rules/meeting/meet.ts', share: 0.2 },
      { area: '@scope/name', share: 0.1 },
      { area: 'garbage collection', share: 0.1 },
    ]);
  });
});
