import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Leaves of the SDK's default chain only its first link, credentials from the environment: a Lambda function always
 * has them there, and profiles, SSO, STS and the instance metadata service are dead weight to it. It is the SDK's own
 * provider, so the environment is read when a call needs credentials. Outside the bundle the chain stays whole.
 */
export function environmentCredentials(): Plugin {
  return {
    name: 'environment-credentials',
    setup(build) {
      build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, async (args) => {
        if (args.pluginData === RESOLVING) return null;
        const { kind, resolveDir, importer } = args;
        const chain = await build.resolve(args.path, { kind, resolveDir, importer, pluginData: RESOLVING });
        if (chain.errors.length > 0) return chain;
        // The link is a dependency of the chain, so it is looked for from there.
        return { path: args.path, namespace: NAMESPACE, pluginData: dirname(chain.path) };
      });
      build.onLoad({ filter: /^/, namespace: NAMESPACE }, ({ pluginData: resolveDir }) => ({
        contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
        resolveDir,
      }));
    },
  };
}

const NAMESPACE = 'environment-credentials';
const RESOLVING = Symbol('the chain is being resolved by esbuild itself');
