import { manifest } from './slack/manifest.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** `slackwater slack manifest`: what is set up in Slack itself. */
export async function slack([action, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (action !== 'manifest') throw new UsageError('give the word manifest');
  return manifest(args, terminal);
}
