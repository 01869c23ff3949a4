import { createRandom } from './random.ts';

/*
 * The organization that findings come from and rules speak of. What a finding is about (product, control, kind of
 * resource), its account, Region, names, tags and severity are drawn independently, so that the share of findings a
 * rule matches is a product of the shares here, and rulesets of any size can be built to one match rate.
 */

export interface Weighted<T> {
  readonly value: T;
  /** The share of findings that have it. */
  readonly weight: number;
}

export type Product =
  | 'Security Hub'
  | 'Inspector'
  | 'GuardDuty'
  | 'Macie'
  | 'IAM Access Analyzer'
  | 'Prowler'
  | 'Wiz';

const share = <T>(values: readonly T[], weightOf: (index: number) => number): readonly Weighted<T>[] => {
  const total = values.reduce((sum, _value, index) => sum + weightOf(index), 0);
  return values.map((value, index) => ({ value, weight: weightOf(index) / total }));
};

const ids = createRandom(20_26);

/** A few accounts hold much, many hold little. */
export const ACCOUNTS = share(
  Array.from({ length: 400 }, () => String(100_000_000_000 + ids.int(900_000) * 999_983).padStart(12, '1')),
  (index) => 1 / (index + 40),
);

export const REGIONS = share(
  ['us-east-1', 'eu-west-1', 'eu-central-1', 'us-west-2', 'ap-southeast-1'],
  (index) => 1 / (index + 2),
);

export const ENVIRONMENTS: readonly Weighted<string>[] = [
  { value: 'prod', weight: 0.45 },
  { value: 'dev', weight: 0.25 },
  { value: 'staging', weight: 0.2 },
  { value: 'sandbox', weight: 0.1 },
];

export const SEVERITIES: readonly Weighted<{ readonly label: string; readonly normalized: number }>[] = [
  { value: { label: 'INFORMATIONAL', normalized: 0 }, weight: 0.1 },
  { value: { label: 'LOW', normalized: 1 }, weight: 0.25 },
  { value: { label: 'MEDIUM', normalized: 40 }, weight: 0.35 },
  { value: { label: 'HIGH', normalized: 70 }, weight: 0.22 },
  { value: { label: 'CRITICAL', normalized: 90 }, weight: 0.08 },
];

const words = (text: string): readonly string[] => text.split(' ');

export const TEAMS = words(
  'atlas basil cedar delta ember falcon garnet harbor indigo juniper kestrel lotus maple nectar opal piper quartz ' +
    'raven sable tango umber vesta willow xenon yarrow zephyr amber birch comet dune echo flint grove heron iris jade ' +
    'krill lumen mango nova',
);

export const APPLICATIONS = words(
  'api web worker billing ledger search catalog checkout inventory mail media metrics notify orders payments profile ' +
    'queue reports scheduler sessions stream sync tickets uploads vault',
);

export const PACKAGES = words(
  'openssl glibc curl zlib log4j-core jackson-databind spring-web netty-codec lodash axios express minimist tar semver ' +
    'requests urllib3 pillow numpy cryptography jinja2 golang-net golang-crypto busybox bash sudo systemd krb5 libxml2 ' +
    'libtiff expat sqlite python3 perl ruby nodejs nginx httpd openssh bind unbound git vim rsync gnutls nss nettle ' +
    'libarchive libpng freetype fontconfig dbus polkit glib2 pcre2 ncurses readline xz bzip2 zstd lz4',
);

/** Of resources, the share that carries tags, and how many cost centres the tag `costCenter` tells apart. */
export const TAGGED_SHARE = 0.85;
export const COST_CENTRES = 200;
/** Of control findings, the share that failed. */
export const FAILED_SHARE = 0.88;

/** The EPSS score of a uniform number: most vulnerabilities are hardly ever exploited. */
export const epssOf = (uniform: number): number => Number((uniform ** 3).toFixed(5));
export const shareBelowEpss = (score: number): number => score ** (1 / 3);

export const costCentre = (index: number): string => `cc-${4000 + index}`;
