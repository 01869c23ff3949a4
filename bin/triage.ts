#!/usr/bin/env node
/** Asked before anything else is loaded: an older Node would fail over its first import. */
const LEAST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
  console.error(
    `triage runs on Node.js ${LEAST_NODE} or later, and this is ${process.versions.node}.\n` +
      `npm install -DE node@${LEAST_NODE} puts one beside it, which npx and npm run then take.`,
  );
  process.exitCode = 2;
} else {
  const { runCli } = await import('../lib/cli/program.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
