import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Loader, Plugin } from 'esbuild';

/** What one would write at first, file by file: each text has to be there once, or the comparison would be false. */
const REPLACEMENTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'instance.ts': [
    [
      'import { createTokenBucket, type',
      "import { connectQueues } from './queues.ts';\nimport { connectSecurityHub } from './security-hub.ts';\nimport { createTokenBucket, type",
    ],
    ["(await import('./security-hub.ts')).connectSecurityHub()", 'connectSecurityHub()'],
    ["(await import('./queues.ts')).connectQueues(", 'connectQueues('],
  ],
  'security-hub.ts': [
    [
      "  SecurityHubClient,\n} from '@aws-sdk/client-securityhub'",
      "  SecurityHub as SecurityHubClient,\n} from '@aws-sdk/client-securityhub'",
    ],
    [
      'import { isIdentifier }',
      "import { readFindings } from './read-findings.ts';\nimport { isIdentifier }",
    ],
    ["        const { readFindings } = await import('./read-findings.ts');\n", ''],
  ],
  'queues.ts': [
    ["  SQSClient,\n} from '@aws-sdk/client-sqs'", "  SQS as SQSClient,\n} from '@aws-sdk/client-sqs'"],
  ],
};

/** The same handler as it would be written without thought of its start: whole clients, imported at the top. */
export function straightforward(): Plugin {
  return {
    name: 'straightforward',
    setup(build) {
      build.onLoad(
        { filter: /lambdas[\\/]triage[\\/](?:instance|security-hub|queues)\.ts$/ },
        async ({ path }) => {
          const contents = rewritten(basename(path), await readFile(path, 'utf8'));
          return { contents, loader: 'ts' satisfies Loader };
        },
      );
    },
  };
}

function rewritten(name: string, source: string): string {
  return (REPLACEMENTS[name] ?? []).reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`${name} no longer has ${JSON.stringify(from)} once.`);
    return text.replace(from, () => to);
  }, source);
}
