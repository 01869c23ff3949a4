import { describe, expect, it } from 'vitest';
import { packageJsonFor } from '../../lib/init/package-json.ts';
import { readManifest } from '../../lib/package/manifest.ts';

const { private: _, ...OURS } = readManifest();
const { version } = OURS;

function made(existing?: unknown, folderName = 'acme-triage') {
  const text = existing === undefined || typeof existing === 'string' ? existing : JSON.stringify(existing);
  const result = packageJsonFor(text, folderName, OURS);
  return 'fault' in result ? result : JSON.parse(result.text);
}

describe('the package.json of a repository of rules', () => {
  it('names us, CDK and Node in exact versions, those that we are tried with', () => {
    const { dependencies, devDependencies } = made();

    expect(Object.keys(dependencies)).toEqual(['aws-cdk-lib', 'constructs', 'securityhub-triage']);
    expect(Object.keys(devDependencies)).toEqual(['aws-cdk', 'node']);
    expect(dependencies['securityhub-triage']).toBe(version);
    for (const exact of Object.values({ ...dependencies, ...devDependencies }))
      expect(exact).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('names us only where we are published, or are named already: a registry may have another package of our name', () => {
    const unpublished = { ...OURS, private: true };
    const existing = '{ "dependencies": { "securityhub-triage": "file:x.tgz" } }';

    const [fresh, named] = [undefined, existing].map((text) => {
      const result = packageJsonFor(text, 'x', unpublished);
      return 'text' in result ? JSON.parse(result.text).dependencies : result;
    });

    expect(Object.keys(fresh)).toEqual(['aws-cdk-lib', 'constructs']);
    expect(named['securityhub-triage']).toBe('file:x.tgz');
  });

  it('has scripts by which our pages, workflows and editor tasks call it', () => {
    const { scripts, type } = made();

    expect(type).toBe('module');
    expect(scripts).toMatchObject({ start: 'triage start', triage: 'triage', synth: 'cdk synth --quiet' });
  });

  it('repeats what counts in the root of a project alone: overrides, and scripts of packages', () => {
    expect(made()).toMatchObject({ overrides: OURS.overrides, allowScripts: OURS.allowScripts });
  });

  it('adds to the one that is there, and changes nothing that it says', () => {
    const theirs = {
      name: '@acme/rules',
      version: '7.0.0',
      scripts: { start: 'serve', lint: 'eslint' },
      overrides: { x: '1.0.0' },
      dependencies: { 'securityhub-triage': 'file:../triage.tgz', zod: '4.0.0' },
      devDependencies: { 'aws-cdk-lib': '2.280.0' },
    };

    const result = made(theirs);

    expect(result).toMatchObject(theirs);
    expect(result.scripts.triage).toBe('triage');
    expect(result.dependencies['aws-cdk-lib']).toBeUndefined();
    expect(result.dependencies.constructs).toBe(OURS.devDependencies.constructs);
    expect(made(result)).toEqual(result);
  });

  it.each([
    ['{', /no JSON object/],
    ['[]', /no JSON object/],
    [{ type: 'commonjs' }, /"type": "commonjs", and bin\/app\.ts needs "module"/],
    [{ scripts: { triage: 'other-tool' } }, /its script "triage" is not "triage"/],
  ])('is no continuation of %j', (existing, fault) => {
    expect(made(existing)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it.each([
    ['Acme Triage!', 'acme-triage'],
    ['_rules.d', 'rules-d'],
    ['…', 'triage-rules'],
  ])('is named after the folder %s where nobody has named it', (folder, name) => {
    expect(made(undefined, folder).name).toBe(name);
    expect(made({}, folder).name).toBeUndefined();
  });
});
