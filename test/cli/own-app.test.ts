import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../lib/package/package-root.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());

/** An app of CDK in the folder one stands in, with this in its stack. */
function writeApp(statements: string): void {
  surroundings.write('cdk.json', '{ "app": "node app.mjs" }');
  surroundings.write(
    'app.mjs',
    `import { createRequire } from 'node:module';
     const require = createRequire(${JSON.stringify(join(PACKAGE_ROOT, 'package.json'))});
     const { App, Stack } = require('aws-cdk-lib');
     const app = new App();
     const stack = new Stack(app, 'Theirs');
     ${statements}
     app.synth();`,
  );
}

describe('triage start where one stands in an app of CDK', () => {
  it('takes that app, and says so where it deploys no triage', async () => {
    writeApp("new (require('aws-cdk-lib/aws-sqs').Queue)(stack, 'Queue');");

    const { code, stdout, stderr } = await triage(surroundings, 'start', '--rules', RULES);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The app that cdk\.json names here deploys no triage: /m);
    expect(surroundings.leftBehind()).toEqual([]);
  });

  it('says what of it the local account cannot act out', async () => {
    writeApp(
      `new (require('aws-cdk-lib/aws-stepfunctions').CfnStateMachine)(stack, 'Machine', {
         roleArn: 'arn:aws:iam::111122223333:role/machine',
         definitionString: JSON.stringify({ StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [], End: true } } }),
       });`,
    );

    const { code, stderr } = await triage(surroundings, 'start', '--rules', RULES);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The local account cannot act out this app: Machine: .* runs no Parallel, as Both is\.$/m,
    );
    expect(surroundings.leftBehind()).toEqual([]);
  });
});
