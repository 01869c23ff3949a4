/**
 * `npm run try:package`: what the README says of rules in one's own repository, in an empty folder, with all packages
 * from npm's registry: pack, install, init, install, lint, test, synthesis and the demo; then `npm ci`, as CI there
 * does. Prints each step; exit code 1 with all that the step printed where one fails. Takes some minutes.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NAME, pack, run } from './pack.ts';

/** A step, and what it has to print: a command that did nothing would end well, too. */
type Step = readonly [command: string, prints: RegExp];

const root = mkdtempSync(join(tmpdir(), 'from-registry-'));
try {
  const folder = join(root, 'acme-triage');
  const vendor = join(folder, 'vendor');
  mkdirSync(vendor, { recursive: true });
  // Whose registry it is stands in their settings; what `npm run` adds would lead npm back into this project.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const { filename } = pack(vendor, env);
  const steps: readonly Step[] = [
    [`npm install -E ./vendor/${filename}`, /^added \d+ packages/m],
    [`npx ${NAME} init`, /^wrote rules\/ \(\d{3} files: /],
    ['npm install', /^(?:added|changed|up to date)/m],
    // Rules that init writes observe.
    ['npm start', /^ {2}observed +[1-9]\d* {3}would change/m],
    ['npm run check', /\b(\d+)\/\1 conditions seen true and false; (\d+)\/\2 conditions proven$/m],
    ['npm run triage -- migrate', /Nothing is to be done\.\n$/],
    ['npm ci', /^added \d+ packages/m],
    ['npm run synth', /cdk synth/],
  ];
  for (const [command, prints] of steps) {
    const [program = '', ...args] = command.split(' ');
    const from = performance.now();
    const { code, stdout, stderr } = await run(program, args, { cwd: folder, env });
    const took = `${Math.round((performance.now() - from) / 1_000)} s`;
    const good = code === 0 && prints.test(stdout);
    console.log(`${good ? 'ok' : 'FAILED'}  ${command} (${took})`);
    if (good) continue;
    console.log(`It ended with ${code}, and was to print ${prints}. It printed:\n${stdout}${stderr}`);
    process.exitCode = 1;
    break;
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
