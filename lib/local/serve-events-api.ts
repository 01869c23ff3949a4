import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { EventDoor } from './event-door/put-events.ts';
import { compileText, type EventReadings } from './event-readings.ts';
import type { Intercept, Interruption } from './interception.ts';
import { accessKeyOf, listenOnLoopback } from './loopback.ts';
import type { Principals } from './principals.ts';
import { type ChangedTargets, withoutTargets, withTargets } from './rule-targets.ts';
import type { RuleOfBus, RulesOfBus } from './rules-of-bus.ts';

export interface ServedEventsApi {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL_EVENTBRIDGE. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

type Request = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * Speaks AWS JSON 1.1 as EventBridge does, as far as people put events on buses, ask whether one is there and what
 * listens on the default one, try patterns, and put rules there whose targets are queues. Who calls is told by the
 * access key; signatures are not checked.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html
 */
export async function serveEventsApi(
  bus: EventsService,
  principals: Pick<Principals, 'arnOf' | 'authorize' | 'operatorArn'>,
  intercept?: Intercept,
): Promise<ServedEventsApi> {
  const server = createServer((request, response) => {
    answer(bus, principals, intercept, request)
      // A bug, or a policy that cannot be judged: the caller sees what it is.
      .catch((error: unknown) => refusal('InternalException', String(error), 500))
      .then((result) => {
        if (result === 'before' || result === 'after') response.destroy();
        if (typeof result === 'string') return;
        const { status, body } = result;
        response.writeHead(status, {
          'content-type': 'application/x-amz-json-1.1',
          'x-amzn-requestid': randomUUID(),
        });
        response.end(JSON.stringify(body));
      });
  });
  const { address, close } = await listenOnLoopback(server);
  return { endpoint: `http://${address}`, close };
}

/** What is served: the rules of the default bus, and the door of all buses. */
export interface EventsService {
  readonly rules: RulesOfBus;
  readonly door: EventDoor;
  readonly readings: EventReadings;
  readonly region: string;
}

async function answer(
  bus: EventsService,
  principals: Pick<Principals, 'arnOf' | 'authorize' | 'operatorArn'>,
  intercept: Intercept | undefined,
  incoming: IncomingMessage,
): Promise<Answer | Interruption> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const accessKeyId = accessKeyOf(incoming);
  const callerArn = accessKeyId === undefined ? undefined : principals.arnOf(accessKeyId);
  if (callerArn === undefined)
    return refusal('UnrecognizedClientException', 'The security token in the request is invalid.', 403);
  const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
  const request: Request = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  const interruption = await intercept?.({ service: 'events', operation, request });
  if (interruption === 'hang' || interruption === 'before') return interruption;
  const answered = carryOut(bus, principals, { operation, callerArn, request });
  return interruption ?? answered;
}

interface Call {
  readonly operation: string;
  readonly callerArn: string;
  readonly request: Request;
}

function carryOut(
  bus: EventsService,
  principals: Pick<Principals, 'authorize' | 'operatorArn'>,
  { operation, callerArn, request }: Call,
): Answer {
  if (operation === 'PutEvents') return putEvents(bus, callerArn, request);
  const act = OPERATIONS.get(operation);
  const resourceArn = resourceOf(operation, request, (resource) => {
    const account = principals.operatorArn.split(':')[4];
    return `arn:aws:events:${bus.region}:${account}:${resource}`;
  });
  const access = { action: `events:${operation}`, resourceArn, conditionKeys: {} };
  if (principals.authorize(callerArn, access) === 'denied')
    return refusal(
      'AccessDeniedException',
      `User: ${callerArn} is not authorized to perform: ${access.action} on resource: ${resourceArn}`,
    );
  if (act === undefined) return refusal('UnknownOperationException', `There is no ${operation} here.`);
  return act(bus, request, resourceArn);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
function resourceOf(operation: string, request: Request, arnOf: (resource: string) => string): string {
  const name = request.Rule ?? request.Name;
  if (operation === 'DescribeEventBus') {
    const bus = String(name ?? 'default');
    return bus.startsWith('arn:') ? bus : arnOf(`event-bus/${bus}`);
  }
  return name === undefined ? '*' : arnOf(`rule/${name}`);
}

/** Each entry asks for its own bus, so the door judges who may. */
function putEvents({ door }: EventsService, callerArn: string, request: Request): Answer {
  const result = door.put(callerArn, request);
  return 'refused' in result ? refusal(result.refused, result.message, result.status) : done(result);
}

type Operation = (bus: EventsService, request: Request, ruleArn: string) => Answer;

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['ListRules', ({ rules }, request) => page('Rules', rules.list().map(ruleElement), request)],
  [
    'ListTargetsByRule',
    onRule((_, rule, request) => page('Targets', rule.targets.map(targetElement), request)),
  ],
  ['DescribeEventBus', describeEventBus],
  ['TestEventPattern', testEventPattern],
  ['PutRule', putRule],
  ['PutTargets', onRule((bus, rule, request) => change(bus, rule, withTargets(rule.targets, request)))],
  [
    'RemoveTargets',
    onRule((bus, rule, request) => change(bus, rule, withoutTargets(rule.targets, request, rule.name))),
  ],
  [
    'DeleteRule',
    onRule(({ rules }, rule) => {
      if (rule.targets.length > 0)
        return refusal('ValidationException', "Rule can't be deleted since it has targets.");
      rules.remove(rule.name);
      return done({});
    }),
  ],
]);

/** An operation on a rule that is there. */
function onRule(act: (bus: EventsService, rule: RuleOfBus, request: Request) => Answer): Operation {
  return (bus, request) => {
    const name = request.Rule ?? request.Name;
    const rule = bus.rules.list().find((one) => one.name === name);
    return rule === undefined
      ? refusal('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`)
      : act(bus, rule, request);
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html */
function describeEventBus({ door }: EventsService, { Name = 'default' }: Request): Answer {
  const found = door.find(String(Name));
  return found === undefined
    ? refusal('ResourceNotFoundException', `Event bus ${Name} does not exist.`)
    : done({ Name: found.name, Arn: found.arn });
}

function testEventPattern({ readings }: EventsService, { EventPattern, Event }: Request): Answer {
  const compiled = compileText(String(EventPattern), readings);
  return compiled.ok
    ? done({ Result: compiled.matches(JSON.parse(String(Event))) })
    : refusal('InvalidEventPatternException', `Event pattern is not valid. Reason: ${compiled.reason}`);
}

function putRule({ rules, readings }: EventsService, request: Request, arn: string): Answer {
  const { Name, EventPattern, State, Description } = request;
  const compiled = compileText(String(EventPattern), readings);
  if (!compiled.ok)
    return refusal('InvalidEventPatternException', `Event pattern is not valid. Reason: ${compiled.reason}`);
  const before = rules.list().find((rule) => rule.name === Name);
  rules.put({
    ...{ name: String(Name), arn, enabled: State !== 'DISABLED' },
    pattern: JSON.parse(String(EventPattern)),
    ...(typeof Description === 'string' && { description: Description }),
    targets: before?.targets ?? [],
  });
  return done({ RuleArn: arn });
}

/** Both calls answer 200 also where entries failed. */
function change({ rules }: EventsService, rule: RuleOfBus, changed: ChangedTargets): Answer {
  if (changed.kind === 'invalid') return refusal('ValidationException', `${changed.why}.`);
  rules.put({ ...rule, targets: changed.targets });
  return done({ FailedEntryCount: changed.failed.length, FailedEntries: changed.failed });
}

function ruleElement({ name, arn, enabled, description, pattern, schedule, managedBy }: RuleOfBus): object {
  return {
    ...{ Name: name, Arn: arn, State: enabled ? 'ENABLED' : 'DISABLED', EventBusName: 'default' },
    ...(description !== undefined && { Description: description }),
    ...(pattern !== null && { EventPattern: JSON.stringify(pattern) }),
    ...(schedule !== undefined && { ScheduleExpression: schedule }),
    ...(managedBy !== undefined && { ManagedBy: managedBy }),
  };
}

function targetElement({ id, arn, roleArn }: RuleOfBus['targets'][number]): object {
  return { Id: id, Arn: arn, ...(roleArn !== undefined && { RoleArn: roleArn }) };
}

/** 1–100 results: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const MOST_RESULTS = 100;

function page(member: string, items: readonly object[], { NextToken, Limit }: Request): Answer {
  const from = NextToken === undefined ? 0 : Number(NextToken);
  const size = Limit === undefined ? MOST_RESULTS : Number(Limit);
  if (!Number.isInteger(from) || !Number.isInteger(size) || size < 1 || size > MOST_RESULTS)
    return refusal('ValidationException', 'NextToken or Limit is not valid.');
  const end = from + size;
  return done({ [member]: items.slice(from, end), ...(end < items.length && { NextToken: String(end) }) });
}

function done(body: object): Answer {
  return { status: 200, body };
}

function refusal(type: string, message: string, status = 400): Answer {
  return { status, body: { __type: type, message } };
}
