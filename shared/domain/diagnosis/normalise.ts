/** A text of ECS in the three shapes that its readers need. */
export interface Text {
  /** As ECS sent it; what evidence quotes. */
  readonly raw: string;
  /** White space and quotes made plain, case kept; what values are taken from. */
  readonly readable: string;
  /** Case-folded, without names that somebody chose and without wrappers; what rules match. */
  readonly folded: string;
}

/** A container's reason has at most 1,024 characters and a service event is shorter; the rest would only cost time. */
const LONGEST_READ = 4_096;

export function normalise(raw: string): Text {
  const readable = plain(raw.slice(0, LONGEST_READ));
  return { raw, readable, folded: unwrap(maskImage(maskNames(withoutEscapes(readable).toLowerCase()))) };
}

function plain(text: string): string {
  return text
    .replace(/\\+(["'])/g, '$1')
    .replace(/[\u2018\u2019\u201b\u2032\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, ' ')
    .trim();
}

/** Daemons quote each other's messages, so a line break can arrive as a backslash and an n, several levels deep. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/\\+[nrt]/gi, ' ')
    .replace(/\\/g, '')
    .replace(/ {2,}/g, ' ');

/**
 * Names are free text: a service may be called `CannotPullContainerErrorService`, a role `AccessDeniedRole`, a program
 * `/app/oom-killed`. The service part of an ARN stays, because rules ask which API refused; so do the host of a URL and
 * the paths of the kernel and the daemon, which say what failed.
 */
function maskNames(text: string): string {
  return text
    .replace(/^service (?:\([^)]*\)?|[^\s(]+)/, 'service')
    .replace(/\(service [^)]*\)?/g, 'service')
    .replace(/\barn:[a-z-]+:([a-z0-9-]+):[^\s"',;)\]]*/g, 'arn:$1')
    .replace(/(https?:\/\/(?!%2f)[^\s/"',)]+)\/(v[12]\/)?(?:[^\s"',)]*[^\s"',):])?/g, '$1/$2')
    .replace(/(?<=^|[\s"'([=:])\/(?!dev\/|proc\/|sys\/|var\/lib\/docker)[\w.@%+~-]+(?:\/[\w.@%+~-]*)*/g, '/path')
    .replace(/\bexec: "[^"]*/g, 'exec: "command')
    .replace(/\b(dependency|target) \[[^\]]*/g, '$1 [name')
    .replace(/target-group \(?[^\s)]+\)*/g, 'target-group');
}

/** Runtimes repeat the reference before their answer: `failed to resolve ref NAME: NAME: not found`. */
function maskImage(text: string): string {
  const name = /\b(?:resolve ref(?:erence)?|access denied for|manifest for) "?([^\s",]+?)[":,]*(?= |$)/.exec(text)?.[1];
  if (name === undefined || !/[:/@.]/.test(name)) return text;
  return text.replaceAll(name, /\.ecr\.|dkr-ecr/.test(name) ? 'image-at.dkr.ecr.host' : 'image');
}

/** What ECS puts in front of a cause without changing it. */
const WRAPPERS = [
  /^service /,
  /^(?:is|was) unable to place a task\. reason: ?/,
  /^(?:is|was) unable to place a task because (?=[a-z]+(?:error|exception)\b)/,
  /^failed to launch a task with \(error /,
  /^could not launch \d+ tasks? for deployment [^\s]+\.? (?=\S)/,
  /^task ?failed ?to ?start(?:$|[ :.-]+)/,
  /^task failed to reach running status(?:$|[ :.-]+)/,
  /^essential container in task (?:exited|failed)(?:$|[ :.-]+)/,
  /^(?:task is stopping|stopped reason|status reason|reason)(?:$|[ :|-]+)/,
];

/** Wrappers nest at most as deep as there are kinds of them. */
function unwrap(text: string): string {
  return WRAPPERS.reduce((rest) => WRAPPERS.reduce((inner, wrapper) => inner.replace(wrapper, ''), rest), text).trim();
}
