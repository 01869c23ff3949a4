import { resolve } from 'node:path';
import type { LocalFunctionSpec } from '../assembly/local-resources.ts';

/** Long-term or session credentials; on the local account the access key id alone says who calls. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface FunctionSurroundings {
  readonly region: string;
  readonly credentials: LocalCredentials;
  /** Where SDK clients find the local services. */
  readonly endpoints: { readonly securityHub: string; readonly sqs: string; readonly events: string };
}

/**
 * Exactly the variables a deployed function has, and nothing of this process's own: a product that leaned on the
 * developer's shell would pass here and fail deployed. Only the endpoints differ. HOME is a folder that does not
 * exist, as in Lambda, so that the SDK reads no profile of the developer's.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function functionEnvironment(
  spec: LocalFunctionSpec,
  surroundings: FunctionSurroundings,
  runtimeApi: string,
  logStreamName: string,
): Readonly<Record<string, string>> {
  const { region, credentials, endpoints } = surroundings;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    HOME: '/home/sbx_user1051',
    ...spec.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: resolve(spec.assetDir),
    _HANDLER: spec.handler,
    AWS_ENDPOINT_URL_SECURITYHUB: endpoints.securityHub,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.events,
  };
}
