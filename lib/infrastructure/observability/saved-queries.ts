import { Names } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LOG_QUERIES } from './log-queries.ts';

/** Saves the questions in Logs Insights, in a folder named after the stack. */
export function createSavedQueries(scope: Construct, logGroup: logs.ILogGroup): void {
  const folder = Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' });
  for (const [id, { title, lines }] of Object.entries(LOG_QUERIES))
    new logs.CfnQueryDefinition(scope, `${id.charAt(0).toUpperCase()}${id.slice(1)}Query`, {
      name: `${folder}/${title}`,
      queryString: lines.join('\n| '),
      logGroupNames: [logGroup.logGroupName],
    });
}
