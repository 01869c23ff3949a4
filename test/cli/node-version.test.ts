import { afterAll, describe, expect, it } from 'vitest';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());

/** As if this Node were another one. */
function on(version: string) {
  const versions = `{ value: { ...process.versions, node: '${version}' } }`;
  const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', ${versions})`;
  const env = { ...surroundings.env, NODE_OPTIONS: `--import=${encodeURI(pretend)}` };
  return triage({ ...surroundings, env }, '--version');
}

describe('the command line on a Node.js', () => {
  it.each(['18.20.8', '20.20.2', '23.11.1'])(
    'of version %s says what it needs, before it loads anything',
    async (version) => {
      const { code, stdout, stderr } = await on(version);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(
        `triage runs on Node.js 24 or later, and this is ${version}.\nnpm install -DE node@24 puts one beside it, which npx and npm run then take.\n`,
      );
    },
  );

  it.each(['24.0.0', '26.1.0'])('of version %s runs', async (version) => {
    const { code, stdout } = await on(version);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
