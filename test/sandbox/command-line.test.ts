import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../sandbox/command-line.ts';

const command = { port: 4680, once: false, scenario: expect.objectContaining({ id: 'opening' }) };

describe('the command line', () => {
  it.each([
    ['nothing', [], command],
    ['a port', ['--port', '8080'], { ...command, port: 8080 }],
    ['once', ['--once'], { ...command, once: true }],
    ['another scenario', ['--scenario', 'storm'], { ...command, scenario: expect.objectContaining({ id: 'storm' }) }],
    ['no scenario', ['--no-scenario'], { port: 4680, once: false }],
  ])('takes %s', (_, args, expected) => {
    expect(parseCommandLine(args)).toEqual({ status: 'command', command: expected });
  });

  it.each([
    ['an unknown option', ['--prot', '1'], '--prot'],
    ['a word', ['start'], 'start'],
    ['a port that is no number', ['--port', '80a'], '"80a"'],
    ['a port that is too high', ['--port', '65536'], '"65536"'],
    ['a scenario that is not there', ['--scenario', 'calm'], '"calm"'],
    ['playing once and playing nothing', ['--once', '--no-scenario'], '--once'],
    ['playing something and nothing', ['--scenario', 'storm', '--no-scenario'], '--scenario'],
  ])('refuses %s and says which', (_, args, problem) => {
    expect(parseCommandLine(args)).toEqual({ status: 'wrong', problem: expect.stringContaining(problem) });
  });

  it('helps before it complains', () => {
    expect(parseCommandLine(['--help', '--port', 'x'])).toEqual({ status: 'help' });
  });
});
