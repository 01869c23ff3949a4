import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { environmentCredentials } from '../../../lib/infrastructure/bundle/environment-credentials.ts';
import { PACKAGE_ROOT } from '../../../lib/package/package-root.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
type Provider = (init?: object) => () => Promise<Credentials>;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('credentials in the bundle', () => {
  it('are those of the environment at the time of the call', async () => {
    const { defaultProvider } = await bundledProvider();
    const provide = defaultProvider({});
    setKeys('FIRST', 'first token');
    const before = await provide();

    setKeys('SECOND', 'second token');
    const after = await provide();

    expect(before).toMatchObject({ accessKeyId: 'FIRST', sessionToken: 'first token' });
    expect(after).toMatchObject({ accessKeyId: 'SECOND', sessionToken: 'second token' });
  });

  it('are asked for nowhere else: without them a call fails at once and says why', async () => {
    const { defaultProvider } = await bundledProvider();
    setKeys('', '');
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://127.0.0.1:9/credentials');
    vi.stubEnv('AWS_PROFILE', 'somebody');

    const provided = defaultProvider({})();

    await expect(provided).rejects.toThrow('Unable to find environment variable credentials');
  });

  it('bring none of the other providers along', async () => {
    const { packages } = await bundledProvider();

    const providers = packages.filter((name) => /credential-provider|token-providers|nested/.test(name));

    expect(providers).toEqual(['@aws-sdk/credential-provider-env']);
  });
});

function setKeys(accessKeyId: string, sessionToken: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
}

/** What the SDK's clients get for the default chain. */
async function bundledProvider(): Promise<{
  readonly defaultProvider: Provider;
  readonly packages: readonly string[];
}> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: "export { defaultProvider } from '@aws-sdk/credential-provider-node';",
      resolveDir: PACKAGE_ROOT,
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [environmentCredentials()],
  });
  const text = outputFiles[0]?.text ?? '';
  const { defaultProvider } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const names = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/((?:@[\w-]+\/)?[\w-]+)\/(?!.*node_modules)/.exec(path)?.[1] ?? [],
  );
  return { defaultProvider, packages: [...new Set(names)] };
}
