/**
 * Compiles the native part of aws-lambda-ric, Lambda's own runtime interface client, for the sandbox. It takes half a
 * minute, cmake, make, a C++ compiler and Python. Its own install scripts are not run by npm (`allowScripts`), because
 * npm would take their failure for one of the whole installation; here it is said, and the sandbox runs without.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CLIENT = 'node_modules/aws-lambda-ric';

if (existsSync(CLIENT) && !existsSync(`${CLIENT}/rapid-client.node`)) {
  if (process.platform === 'linux') compile();
  else say('aws-lambda-ric compiles on Linux only');
}

function compile(): void {
  console.log("Compiling Lambda's runtime interface client for the sandbox, about half a minute ...");
  for (const script of ['preinstall', 'postinstall']) {
    const { status, stderr } = spawnSync('sh', [`scripts/${script}.sh`], {
      cwd: CLIENT,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) {
      say(lastLine(stderr) ?? `${script}.sh ended with ${status}`);
      return;
    }
  }
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1);
}

function say(reason: string): void {
  console.log(`The sandbox will run the functions in its own runtime loop: ${reason}`);
}
