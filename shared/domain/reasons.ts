/** Why somebody is told. */
export type SpeakReason =
  /** The first message about this problem. */
  | 'first'
  /** The problem grew: the message is edited, or due to be. */
  | 'grew'
  /** An earlier attempt to tell did not get through, or was cut off. */
  | 'undelivered';

/** Why nobody is told. Everything quiet is still counted and logged with its reason. */
export type QuietReason =
  /** Nobody has to act: deployment, scale-in, a person's stop, a finished job. */
  | 'benign'
  /** The same task, deployment step or notice page was seen before. */
  | 'duplicate'
  /** Ordinary narration of a service: steady state, deployment in progress or completed. */
  | 'progress'
  /** The message about it is up to date, or its next edit is already due. */
  | 'already-told'
  /** Below the lowest severity that this installation tells of. */
  | 'below-severity'
  /** The service's owners switched alerts off by tag. */
  | 'muted'
  /** No destination is configured: the record is kept, nobody can be told. */
  | 'no-destination';

export type Reason = SpeakReason | QuietReason;
