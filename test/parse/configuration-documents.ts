/** Documents that the parser and infra/configuration.schema.json have to agree on. */
export const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:payments';

interface Good {
  readonly what: string;
  readonly document: unknown;
}

interface Bad extends Good {
  /** The beginning of each problem, in order. */
  readonly problems: readonly string[];
  /** What only the parser sees, because it compares values or knows the tz database. */
  readonly beyondSchema?: true;
}

const aRoute = (route: Readonly<Record<string, unknown>>) => ({
  version: 1,
  routes: [{ name: 'r', to: [], ...route }],
});
const when = (selector: unknown) => aRoute({ when: selector });
const quiet = (period: Readonly<Record<string, unknown>>) => ({
  version: 1,
  quietHours: [{ zone: 'Europe/Prague', from: '22:00', to: '07:00', ...period }],
});
const aMute = (mute: Readonly<Record<string, unknown>>) => ({
  version: 1,
  mutes: [{ when: {}, until: '2026-12-01T00:00:00Z', reason: 'test', ...mute }],
});
const aWindow = (window: Readonly<Record<string, unknown>>) => ({
  version: 1,
  windows: [{ name: 'nights', zone: 'Europe/Prague', opens: { weekly: { start: '22:00' } }, end: '06:00', ...window }],
});
/** Without its end. */
const opening = (opens: unknown, rest: Readonly<Record<string, unknown>> = {}) => ({
  version: 1,
  windows: [{ name: 'nights', zone: 'UTC', opens, ...rest }],
});
const cron = (expression: string) => opening({ cron: { expression } }, { duration: '4h' });
const aFreeze = (freeze: Readonly<Record<string, unknown>>) => ({
  version: 1,
  freezes: [{ name: 'peak', zone: 'UTC', reason: 'test', ...freeze }],
});
const aRight = (right: Readonly<Record<string, unknown>>) => ({
  version: 1,
  chat: { rights: [{ may: ['approve'], who: ['S0SRE'], ...right }] },
});
const anAccount = (account: Readonly<Record<string, unknown>>) => ({
  version: 1,
  accounts: [{ id: '222233334444', ...account }],
});
const ONCE = { from: '2026-12-20T00:00', to: '2026-12-27T00:00' };
const times = (count: number, make: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => make(index));

export const GOOD_DOCUMENTS: readonly Good[] = [
  { what: 'a document with nothing but its version', document: { version: 1 } },
  { what: 'a route to a channel', document: aRoute({ to: [{ slack: 'C0123ABCD' }] }) },
  { what: 'a route to the webhook and a topic', document: aRoute({ to: [{ slack: 'webhook' }, { topic: TOPIC }] }) },
  { what: 'a topic of another partition', document: aRoute({ to: [{ topic: TOPIC.replace('aws', 'aws-cn') }] }) },
  {
    what: 'a selector of every field',
    document: when({
      kinds: ['incident', 'notice'],
      accounts: ['012345678901'],
      regions: ['eu-*'],
      clusters: ['prod-*', 'Ledger_2'],
      services: ['*-api'],
      tags: { 'team:name': ['pay*', ''] },
      causes: ['image/not-found', 'memory/*', '*'],
      severity: 'high',
    }),
  },
  {
    what: 'accounts with names and Regions, of any partition',
    document: anAccount({ name: 'payments-prod', regions: ['eu-west-1', 'us-gov-east-1', 'cn-northwest-1'] }),
  },
  { what: 'an account to be called by its name', document: anAccount({ name: 'payments-prod' }) },
  { what: 'an empty selector', document: when({}) },
  { what: 'mentions of groups and users', document: aRoute({ mention: ['S0123', 'U0123', 'W0123'] }) },
  { what: 'quiet hours by weekday', document: quiet({ days: ['sat', 'sun'], from: '00:00', to: '24:00' }) },
  { what: 'a mute with an offset', document: aMute({ from: '2026-11-30T00:00:00+05:30' }) },
  { what: 'a mute without seconds', document: aMute({ until: '2026-11-30T00:00Z' }) },
  {
    what: 'a hundred routes',
    document: { version: 1, routes: times(100, (index) => ({ name: `r${index}`, to: [] })) },
  },
  {
    what: 'numbers at their limits',
    document: { version: 1, repeatAfterHours: 0, quietAfterHours: 168, holdDownMinutes: 60, storm: { incidents: 1 } },
  },
  {
    what: 'a window with everything',
    document: aWindow({
      opens: { weekly: { days: ['sat', 'sun'], start: '22:00' } },
      cutoff: 'PT1H',
      overrun: 'rollback',
      select: {
        accounts: ['012345678901'],
        regions: ['eu-*'],
        clusters: ['prod'],
        services: ['*'],
        tags: { a: ['b'] },
      },
      mode: 'veto',
      budget: {
        maxServices: 2,
        maxServicesPerCluster: 1,
        maxTaskPercent: 10,
        atLeastOneTask: true,
        spacing: '5m',
        canary: { count: 1, bake: 'PT15M' },
        maxFailures: 2,
      },
      blockers: [
        { alarm: 'checkout-5xx' },
        { alarmPrefix: 'prod-' },
        { alarmTags: { team: 'payments' } },
        { deployment: 'in-progress' },
        { stack: 'updating' },
        { calendar: 'company.holidays' },
        { calendar: 'arn:aws-cn:ssm:cn-north-1:111122223333:document/company_holidays' },
        { function: 'arn:aws:lambda:eu-west-1:111122223333:function:may-we' },
      ],
    }),
  },
  { what: 'a window by cron', document: cron('0 2 * * tue#2') },
  {
    what: 'a window two days later',
    document: opening({ cron: { expression: '30 1 * jan-mar,12 5L', offsetDays: 2 } }, { duration: 'P1DT2H' }),
  },
  { what: 'a window that opens once', document: opening({ once: { at: '2026-12-05T22:00' } }, { end: '24:00' }) },
  { what: 'a window of Systems Manager', document: opening({ ssm: { id: 'mw-0123456789abcdef0' } }) },
  { what: 'a freeze', document: aFreeze({ ...ONCE, owner: 'ada', override: { by: ['S0SRE'], votes: 2 } }) },
  {
    what: 'a yearly freeze',
    document: aFreeze({ yearly: { from: '12-20', to: '01-02' }, select: { clusters: ['*'] } }),
  },
  {
    what: 'defaults of maintenance',
    document: { version: 1, maintenance: { mode: 'off', budget: { spacing: '0s' } } },
  },
  {
    what: 'what a replacement needs',
    document: {
      version: 1,
      redeploy: { votes: 10, approverIsNotRequester: false, onDeadline: 'autoIfGreen', bakeMinutes: 0 },
    },
  },
  { what: 'nothing of what a replacement needs', document: { version: 1, redeploy: {} } },
  { what: 'no rights at all', document: { version: 1, chat: { rights: [] } } },
  {
    what: 'rights of groups and people',
    document: aRight({
      may: [
        'acknowledge',
        'mute',
        'freeze',
        'approve',
        'object',
        'run-now',
        'hand-over',
        'pin',
        'lift-freeze',
        'redeploy',
        'roll-back',
        'continue-hook',
      ],
      who: ['S0SRE', 'U0ADA', 'W0BOB'],
      where: { clusters: ['prod-*'], tags: { team: ['payments'] } },
      channels: ['C0OPS', 'G0PRIVATE'],
    }),
  },
];

export const BAD_DOCUMENTS: readonly Bad[] = [
  {
    what: 'an account that was written as a number',
    document: anAccount({ id: 222233334444 }),
    problems: ['accounts[0].id: an account id of twelve digits, in quotes'],
  },
  {
    what: 'an account without its id',
    document: { version: 1, accounts: [{ name: 'payments' }] },
    problems: ['accounts[0].id: an account id of twelve digits, in quotes'],
  },
  {
    what: 'a pattern in the place of a Region',
    document: anAccount({ regions: ['eu-*'] }),
    problems: ['accounts[0].regions[0]: the name of a Region such as eu-west-1'],
  },
  {
    what: 'a name without a letter',
    document: anAccount({ name: ' ' }),
    problems: ['accounts[0].name: a text of 1 to 60 characters'],
  },
  {
    what: 'an account twice',
    document: { version: 1, accounts: [{ id: '222233334444' }, { id: '222233334444' }] },
    problems: ['accounts[1].id: an id that no account before has'],
    beyondSchema: true,
  },
  { what: 'no object', document: [], problems: ['document: an object'] },
  { what: 'a text', document: 'version: 1', problems: ['document: an object'] },
  { what: 'nothing', document: undefined, problems: ['document: an object'] },
  { what: 'no version', document: {}, problems: ['version: the number 1'] },
  { what: 'a later version', document: { version: 2 }, problems: ['version: the number 1'] },
  {
    what: 'a mistyped key',
    document: { version: 1, quiethours: [] },
    problems: [
      'quiethours: one of the keys version, defaults, lowestSeverity, accounts, routes, quietHours, mutes, windows, freezes, maintenance, redeploy, chat, storm, repeatAfterHours, quietAfterHours, holdDownMinutes (did you mean "quietHours"?)',
    ],
  },
  {
    what: 'two unknown keys',
    document: when({ sevrity: 'high', zzz: 1 }),
    problems: ['routes[0].when.sevrity: one of the keys', 'routes[0].when.zzz: one of the keys'],
  },
  { what: 'routes that are empty in YAML', document: { version: 1, routes: null }, problems: ['routes: a list'] },
  {
    what: 'a route without a name',
    document: { version: 1, routes: [{ to: [] }] },
    problems: ['routes[0].name: a text of 1 to 80 characters'],
  },
  {
    what: 'a route that tells nobody by mistake',
    document: { version: 1, routes: [{ name: 'r' }] },
    problems: ['routes[0].to: a list'],
  },
  { what: 'a route without an object', document: { version: 1, routes: ['r'] }, problems: ['routes[0]: an object'] },
  { what: 'last as a text', document: aRoute({ last: 'yes' }), problems: ['routes[0].last: true or false'] },
  {
    what: 'one name twice',
    document: {
      version: 1,
      routes: [
        { name: 'r', to: [] },
        { name: 'r', to: [] },
      ],
    },
    problems: ['routes[1].name: a name that no route before has'],
    beyondSchema: true,
  },
  {
    what: 'a hundred and one routes',
    document: { version: 1, routes: times(101, (index) => ({ name: `r${index}`, to: [] })) },
    problems: ['routes: a list of at most 100'],
  },
  {
    what: 'a channel by its name',
    document: aRoute({ to: [{ slack: '#payments' }] }),
    problems: ['routes[0].to[0].slack: a channel id such as C0123ABCD, or the word webhook'],
  },
  {
    what: 'a topic by its name',
    document: aRoute({ to: [{ topic: 'payments' }] }),
    problems: ['routes[0].to[0].topic: the whole ARN of a standard SNS topic, not its name'],
  },
  {
    what: 'a FIFO topic',
    document: aRoute({ to: [{ topic: `${TOPIC}.fifo` }] }),
    problems: ['routes[0].to[0].topic: the whole ARN of a standard SNS topic'],
  },
  {
    what: 'a destination of two kinds',
    document: aRoute({ to: [{ slack: 'webhook', topic: TOPIC }] }),
    problems: ['routes[0].to[0]: either slack or topic'],
  },
  {
    what: 'a destination of no kind',
    document: aRoute({ to: [{}] }),
    problems: ['routes[0].to[0]: either slack or topic'],
  },
  {
    what: 'a mention of everybody',
    document: aRoute({ mention: ['here'] }),
    problems: ['routes[0].mention[0]: the id of a Slack user group'],
  },
  {
    what: 'an account that YAML took for a number',
    document: when({ accounts: [111122223333] }),
    problems: ['routes[0].when.accounts[0]: an account id of twelve digits, in quotes'],
  },
  {
    what: 'a cluster by its ARN',
    document: when({ clusters: ['arn:aws:ecs:eu-west-1:111122223333:cluster/prod'] }),
    problems: ['routes[0].when.clusters[0]: the name of a cluster, or a pattern with *; not an ARN'],
  },
  {
    what: 'a service that is no list',
    document: when({ services: 'api' }),
    problems: ['routes[0].when.services: a list'],
  },
  {
    what: 'a list of nothing',
    document: when({ clusters: [] }),
    problems: ['routes[0].when.clusters: a list with at least one entry'],
  },
  {
    what: 'a tag that is no list',
    document: when({ tags: { team: 'pay' } }),
    problems: ['routes[0].when.tags.team: a list'],
  },
  {
    what: 'tags as a list',
    document: when({ tags: ['team'] }),
    problems: ['routes[0].when.tags: lists of values, by the names of tags'],
  },
  {
    what: 'an unknown cause',
    document: when({ causes: ['image/notfound'] }),
    problems: ['routes[0].when.causes[0]: the id of a cause of docs/causes.md (did you mean "image/not-found"?)'],
  },
  {
    what: 'a cause that is a number',
    document: when({ causes: [7] }),
    problems: ['routes[0].when.causes[0]: the id of a cause'],
  },
  {
    what: 'a pattern that no cause fits',
    document: when({ causes: ['images/*'] }),
    problems: ['routes[0].when.causes[0]: a pattern that some cause of docs/causes.md fits'],
    beyondSchema: true,
  },
  {
    what: 'a severity that means nothing',
    document: when({ severity: 'none' }),
    problems: ['routes[0].when.severity: one of low, medium, high'],
  },
  {
    what: 'an unknown kind',
    document: when({ kinds: ['digest'] }),
    problems: ['routes[0].when.kinds[0]: one of incident, notice'],
  },
  {
    what: 'an unknown zone',
    document: quiet({ zone: 'Europe/Pargue' }),
    problems: ['quietHours[0].zone: a zone of the tz database such as Europe/Prague (did you mean "Europe/Prague"?)'],
    beyondSchema: true,
  },
  {
    what: 'an offset for a zone',
    document: quiet({ zone: '+02:00' }),
    problems: ['quietHours[0].zone: a zone of the tz database'],
  },
  {
    what: 'a zone that is missing',
    document: { version: 1, quietHours: [{ from: '22:00', to: '07:00' }] },
    problems: ['quietHours[0].zone: a zone such as Europe/Prague'],
  },
  {
    what: 'an hour of one digit',
    document: quiet({ to: '7:00' }),
    problems: ['quietHours[0].to: a time such as "07:00"'],
  },
  {
    what: 'an hour that does not exist',
    document: quiet({ from: '24:00' }),
    problems: ['quietHours[0].from: a time such as "22:00"'],
  },
  {
    what: 'quiet hours of no length',
    document: quiet({ from: '07:00' }),
    problems: ['quietHours[0].to: another time than from'],
    beyondSchema: true,
  },
  {
    what: 'a day by its full name',
    document: quiet({ days: ['monday'] }),
    problems: ['quietHours[0].days[0]: one of sun, mon, tue, wed, thu, fri, sat'],
  },
  {
    what: 'a mute for ever',
    document: { version: 1, mutes: [{ when: {}, reason: 'noise' }] },
    problems: ['mutes[0].until: an instant with its zone'],
  },
  {
    what: 'a mute without a zone',
    document: aMute({ until: '2026-12-01T00:00:00' }),
    problems: ['mutes[0].until: an instant with its zone'],
  },
  {
    what: 'a mute until a day',
    document: aMute({ until: '2026-12-01' }),
    problems: ['mutes[0].until: an instant with its zone'],
  },
  {
    what: 'a mute that ends before it begins',
    document: aMute({ from: '2026-12-02T00:00:00Z' }),
    problems: ['mutes[0].until: an instant after from'],
    beyondSchema: true,
  },
  {
    what: 'a mute without a reason',
    document: aMute({ reason: ' ' }),
    problems: ['mutes[0].reason: a text of 1 to 200 characters'],
  },
  {
    what: 'a storm of half an incident',
    document: { version: 1, storm: { incidents: 0.5 } },
    problems: ['storm.incidents: a whole number from 1 to 1000'],
  },
  {
    what: 'a repeat after less than nothing',
    document: { version: 1, repeatAfterHours: -1 },
    problems: ['repeatAfterHours: a whole number from 0 to 168'],
  },
  {
    what: 'an unknown zone of a window',
    document: aWindow({ zone: 'Europe/Pargue' }),
    problems: ['windows[0].zone: a zone of the tz database such as Europe/Prague (did you mean "Europe/Prague"?)'],
    beyondSchema: true,
  },
  {
    what: 'an abbreviation for a zone',
    document: aWindow({ zone: 'EST' }),
    problems: ['windows[0].zone: a zone of the tz database by its area and city'],
  },
  {
    what: 'a window without an end',
    document: opening({ weekly: { start: '22:00' } }),
    problems: ['windows[0]: exactly one of end and duration'],
  },
  {
    what: 'a window with two ends',
    document: aWindow({ duration: 'PT4H' }),
    problems: ['windows[0]: exactly one of end and duration'],
  },
  {
    what: 'a window of Systems Manager with an end',
    document: opening({ ssm: { id: 'mw-0123456789abcdef0' } }, { end: '06:00' }),
    problems: ['windows[0]: neither end nor duration'],
  },
  {
    what: 'a window that opens in two ways',
    document: aWindow({ opens: { weekly: { start: '22:00' }, cron: { expression: '0 2 * * *' } } }),
    problems: ['windows[0].opens: exactly one of weekly, cron, once, ssm'],
  },
  {
    what: 'a window that opens in no way',
    document: aWindow({ opens: {} }),
    problems: ['windows[0].opens: exactly one of weekly, cron, once, ssm'],
  },
  {
    what: 'a day of a window that is misspelt',
    document: aWindow({ opens: { weekly: { days: ['mon', 'thr'], start: '22:00' } } }),
    problems: ['windows[0].opens.weekly.days[1]: one of sun, mon, tue, wed, thu, fri, sat'],
  },
  {
    what: 'a window of no length',
    document: aWindow({ end: '22:00' }),
    problems: ['windows[0].end: another time than the start'],
    beyondSchema: true,
  },
  {
    what: 'a cutoff as long as the window',
    document: aWindow({ cutoff: 'PT8H' }),
    problems: ['windows[0].cutoff: less than the window is long'],
    beyondSchema: true,
  },
  {
    what: 'a cutoff longer than the duration',
    document: opening({ cron: { expression: '0 2 * * *' } }, { duration: '1h', cutoff: '90m' }),
    problems: ['windows[0].cutoff: less than the window is long'],
    beyondSchema: true,
  },
  {
    what: 'a duration in words',
    document: opening({ weekly: { start: '22:00' } }, { duration: '4 hours' }),
    problems: ['windows[0].duration: a duration such as PT1H30M or 1h30m'],
  },
  {
    what: 'a duration of nothing',
    document: opening({ weekly: { start: '22:00' } }, { duration: 'PT0H' }),
    problems: ['windows[0].duration: a duration such as PT1H30M or 1h30m'],
    beyondSchema: true,
  },
  {
    what: 'a duration of more than a week',
    document: opening({ weekly: { start: '22:00' } }, { duration: 'P8D' }),
    problems: ['windows[0].duration: a duration such as PT1H30M or 1h30m, at most 7 days'],
    beyondSchema: true,
  },
  {
    what: 'an hour of cron that does not exist',
    document: cron('0 24 * * *'),
    problems: ['windows[0].opens.cron.expression: hour: 0 to 23'],
    beyondSchema: true,
  },
  {
    what: 'a local time with a zone',
    document: opening({ once: { at: '2026-12-05T22:00Z' } }, { end: '24:00' }),
    problems: ['windows[0].opens.once.at: a local date and time without a zone'],
  },
  {
    what: 'a day that does not exist',
    document: opening({ once: { at: '2026-02-30T22:00' } }, { end: '24:00' }),
    problems: ['windows[0].opens.once.at: a local date and time'],
    beyondSchema: true,
  },
  {
    what: 'a cause for a window',
    document: aWindow({ select: { causes: ['image/*'] } }),
    problems: ['windows[0].select.causes: one of the keys accounts, regions, clusters, services, tags'],
  },
  {
    what: 'a mode that is none',
    document: aWindow({ mode: 'automatic' }),
    problems: ['windows[0].mode: one of off, notify, approve, veto, auto'],
  },
  {
    what: 'a budget of nothing',
    document: aWindow({ budget: { maxServices: 0 } }),
    problems: ['windows[0].budget.maxServices: a whole number from 1 to 1000'],
  },
  {
    what: 'a blocker of two kinds',
    document: aWindow({ blockers: [{ alarm: 'a', stack: 'updating' }] }),
    problems: [
      'windows[0].blockers[0]: exactly one of alarm, alarmPrefix, alarmTags, calendar, deployment, stack, function',
    ],
  },
  {
    what: 'a calendar by the ARN of something else',
    document: aWindow({ blockers: [{ calendar: 'arn:aws:ssm:eu-west-1:111122223333:parameter/holidays' }] }),
    problems: ['windows[0].blockers[0].calendar: the name or the ARN of a change calendar'],
  },
  {
    what: 'a replacement that nobody has to want',
    document: { version: 1, redeploy: { votes: 0 } },
    problems: ['redeploy.votes: a whole number from 1 to 10'],
  },
  {
    what: 'an approver who may be the requester, perhaps',
    document: { version: 1, redeploy: { approverIsNotRequester: 'yes' } },
    problems: ['redeploy.approverIsNotRequester: true or false'],
  },
  { what: 'chat without rights', document: { version: 1, chat: {} }, problems: ['chat.rights: a list'] },
  {
    what: 'a right that there is not',
    document: aRight({ may: ['approve', 'deploy'] }),
    problems: ['chat.rights[0].may[1]: one of acknowledge, mute, freeze, approve, object, run-now'],
  },
  {
    what: 'a right to nothing',
    document: aRight({ may: [] }),
    problems: ['chat.rights[0].may: a list with at least one entry'],
  },
  {
    what: "a right of somebody's name",
    document: aRight({ who: ['@ada'] }),
    problems: ['chat.rights[0].who[0]: the id of a Slack user group (S…) or of a user (U…, W…)'],
  },
  {
    what: 'a right of nobody',
    document: aRight({ who: [] }),
    problems: ['chat.rights[0].who: a list with at least one entry'],
  },
  {
    what: 'a right about causes',
    document: aRight({ where: { causes: ['app/*'] } }),
    problems: ['chat.rights[0].where.causes: one of the keys accounts, regions, clusters, services, tags'],
  },
  {
    what: 'a right in a channel by its name',
    document: aRight({ channels: ['#ops'] }),
    problems: ['chat.rights[0].channels[0]: a channel id such as C0123ABCD'],
  },
  {
    what: 'a right in a conversation of two',
    document: aRight({ channels: ['D0ADA'] }),
    problems: ['chat.rights[0].channels[0]: a channel id such as C0123ABCD'],
  },
  {
    what: 'a deadline with a mode',
    document: { version: 1, redeploy: { onDeadline: 'auto' } },
    problems: ['redeploy.onDeadline: one of handover, autoIfGreen'],
  },
  {
    what: 'a bake of three hours',
    document: { version: 1, redeploy: { bakeMinutes: 180 } },
    problems: ['redeploy.bakeMinutes: a whole number from 0 to 120'],
  },
  {
    what: 'one name of a window twice',
    document: { version: 1, windows: [...aWindow({}).windows, ...aWindow({ zone: 'UTC' }).windows] },
    problems: ['windows[1].name: a name that no window before has'],
    beyondSchema: true,
  },
  {
    what: 'a name of a window that is a sentence',
    document: aWindow({ name: 'every night' }),
    problems: ['windows[0].name: a name of letters, digits, - and _'],
  },
  {
    what: 'a freeze without an end',
    document: aFreeze({ from: '2026-12-20T00:00' }),
    problems: ['freezes[0]: both from and to, or yearly'],
  },
  {
    what: 'a freeze in two ways',
    document: aFreeze({ ...ONCE, yearly: { from: '12-20', to: '01-02' } }),
    problems: ['freezes[0]: both from and to, or yearly'],
  },
  {
    what: 'a freeze that ends before it begins',
    document: aFreeze({ from: ONCE.to, to: ONCE.from }),
    problems: ['freezes[0].to: a time after from'],
    beyondSchema: true,
  },
  {
    what: 'a yearly freeze from a day that most years do not have',
    document: aFreeze({ yearly: { from: '02-29', to: '03-05' } }),
    problems: ['freezes[0].yearly.from: a month and a day of every year'],
    beyondSchema: true,
  },
  {
    what: 'a freeze without a reason',
    document: { version: 1, freezes: [{ name: 'peak', zone: 'UTC', ...ONCE }] },
    problems: ['freezes[0].reason: a text of 1 to 200 characters'],
  },
];
