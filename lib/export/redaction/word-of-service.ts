/** Members whose values are words of a service, not of its user. */
const WORDS_OF_SERVICES = new Set(
  `Type Types type State Status status Code Runtime Engine EngineVersion InstanceClass InstanceType DBInstanceClass DbInstanceClass
  DBInstanceStatus DbInstanceStatus DBClusterStatus Partition Region AwsRegion AvailabilityZone Protocol protocol IpProtocol
  Architecture Architectures PackageType PackageManager MimeType ContentType Category Version ProviderName ProviderVersion
  ProductVersion FindingStatus ControlId RuleId CheckId StandardsId SecurityControlId RelatedRequirements ReasonCode
  serviceName actionType ActionType api Api callerType CallerType connectionDirection ConnectionDirection
  resourceRole ResourceRole countryName CountryName countryCode CountryCode portName PortName Blocked archived
  ProductName CompanyName SeverityLabel PrincipalType Effect KeyManager KeyState KeyUsage Origin SSEAlgorithm
  HttpTokens HttpEndpoint HttpProtocolIpv6 InstanceMetadataTags ResourceType Severity Operation
  ViewerProtocolPolicy Scheme VpcType LicenseModel StorageType StorageClass BillingMode TableStatus VolumeType Tenancy
  Vendor VendorSeverity BaseVector Source FixAvailable ExploitAvailable FixedInVersion Release Epoch
  Indicator Tactic Technique SchemaVersion BaseScore Classification RebootOption`.split(/\s+/),
);
/** Names of members that mean a word of a service under this parent only. */
const WORDS_UNDER = new Set([
  'AwsApiCallAction/ServiceName',
  'Location/Country',
  'SequenceIndicators/Key',
  'SignalIndicators/Key',
  // Keys of variables, as those of a map are.
  'Environment/Name',
  'EnvironmentVariables/Name',
]);
/** What Access Analyzer says in words of its own. */
const WORDS_OF_PHRASES = /^(?:External Principal Type|Action Granted|Resource Type|Finding Status)$/;
/**
 * How the members of a resource end that its service has a list of words for: `NodeType`, `ClusterStatus`, `EngineMode`.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html
 */
const SETTING =
  /(?:Types?|Status|State|Mode|Class|Tenancy|Strategy|Behavior|Preference|Algorithms?|Statistic|Operator|Method|Level|Protocol|EncryptionOption|ProtocolPolicy|ProtocolVersion|TLSSecurityPolicy)$/;
/** Maps whose keys somebody chose: a variable that is called `Status` may hold anything. */
const CHOSEN_KEYS =
  /\/(?:Variables|StageVariables|StageVariableOverrides|DockerLabels|Labels|DriverOpts|(?:Log|Firelens)Configuration\/Options|Other|AffectedResources)\/[^/]*$/;

/** Whether the value at the end of this path is a word of a service, to be kept but for what tells by its looks. */
export function isWordOfService(path: readonly string[]): boolean {
  const whole = path.join('/');
  if (path[0] !== 'ProductFields' && CHOSEN_KEYS.test(whole)) return false;
  // ProductFields have paths for names.
  const [name = '', parent = ''] = whole.split(/[/:]/).reverse();
  return (
    WORDS_OF_SERVICES.has(name) ||
    WORDS_OF_PHRASES.test(name) ||
    WORDS_UNDER.has(`${parent}/${name}`) ||
    (path.includes('Details') && SETTING.test(name))
  );
}
