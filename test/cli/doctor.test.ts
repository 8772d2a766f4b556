import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../cli/doctor/finding.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { SECRET } from '../functions/slack-endpoint/from-slack.ts';
import { anInstallation } from './an-installation.ts';
import { NOW, run } from './command.ts';
import { TOKEN } from './installation-state.ts';

const { state, asked, doctor, slackwater } = anInstallation();

describe('slackwater doctor', () => {
  it('finds nothing where everything is well, and says what nobody can tell', async () => {
    const { findings, err, code } = await doctor();
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([
      expect.objectContaining({ check: 'rights', status: 'warn' }),
      expect.objectContaining({ check: 'roles', status: 'not-checked' }),
    ]);
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(Object.keys(CHECKS)));
    expect([err, code]).toEqual(['', 0]);
  });

  it('posts nothing to Slack', async () => {
    await doctor();
    expect(asked()).toEqual(['auth.test', 'conversations.info channel=C0OPS']);
  });

  it('never shows a secret, whatever is wrong with it', async () => {
    const rogue = `${TOKEN} is no token`;
    for (const secrets of [
      { '/slackwater/slack': TOKEN, '/slackwater/signing': SECRET },
      { '/slackwater/slack': rogue, '/slackwater/signing': `${SECRET}\n${SECRET}\n${SECRET}` },
    ]) {
      state().secrets = secrets;
      const { out } = await doctor();
      expect(out).not.toContain(TOKEN);
      expect(out).not.toContain(SECRET);
    }
  });
});

describe('slackwater doctor --table', () => {
  it('looks at what needs no stack', async () => {
    const { out, code } = await slackwater(['--table', 'records', '--json']);
    const findings = out.split('\n').map((line) => JSON.parse(line) as Record<string, string>);
    const looked = findings.filter(({ status }) => status !== 'not-checked').map(({ check }) => check);
    expect(new Set(looked)).toEqual(
      new Set(['configuration', 'ecs-reads', 'service-tags', 'failing-deployments', 'retirement-settings', 'windows']),
    );
    expect(code).toBe(0);
  });

  it('is no success where nothing could be looked at', async () => {
    state().refusals = {
      'dynamodb:BatchGetItem': 'AccessDeniedException',
      'ecs:ListClusters': 'AccessDeniedException',
      'ecs:ListAccountSettings': 'AccessDeniedException',
    };
    expect(await slackwater(['--table', 'records'])).toMatchObject({ code: 1 });
  });
});

describe('what slackwater doctor prints', () => {
  it('is a line a finding, what to do below it, and a count', async () => {
    state().waiting = { Undelivered: 1 };
    const { out, err, code } = await slackwater(['--stack', 'tides']);
    expect(out).toContain('ok   Stack                tides is UPDATE_COMPLETE\n');
    expect(out).toContain(
      [
        'FAIL Queues               Undelivered holds 1 message that nobody was told',
        '                          -> look at them with "slackwater dlq list --queue https://sqs.eu-west-1.amazonaws.com/111122223333/Undelivered"',
      ].join('\n'),
    );
    expect(out).toMatch(/\n\n1 fail, 1 warn, 1 not checked, \d+ ok$/);
    expect([err, code]).toEqual(['', 1]);
  });

  it('is coloured on a screen, where it also says what it waits for', async () => {
    let now = NOW;
    const clock = () => (now += seconds(2));
    const { out, err } = await slackwater(['--stack', 'tides'], { isScreen: true, clock });
    expect(out).toContain('\u001B[32mok   \u001B[39m');
    expect(err).toContain('asking CloudFormation for tides …\n');
    expect(err).toContain('reading the services of ECS: 2 …\n');
    const plain = await slackwater(['--stack', 'tides', '--no-color'], { isScreen: true });
    expect(plain.out).not.toContain('\u001B');
  });
});

describe('slackwater doctor', () => {
  it.each([
    ['nothing to look at', [], 'name the stack with --stack, or its table with --table'],
    ['an unknown option', ['--stack', 'tides', '--fix'], "Unknown option '--fix'"],
    ['no Region', ['--stack', 'tides'], 'give the Region with --region'],
  ])('answers 2 for %s', async (_, args, problem) => {
    const { err, code } = await run(['doctor', ...args]);
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});
