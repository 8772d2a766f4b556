/** What is said once about a record: in the thread, to the channel, or to a topic. */
export type TimelineReason =
  /** The first message about this problem. */
  | 'first'
  /** Its severity rose. */
  | 'worse'
  /** Ten times as many as last said: 10, 100, 1,000. */
  | 'many-more'
  /** A step that the thread keeps: ECS rolls back, a deployment failed, somebody acknowledged. */
  | 'step'
  /** There is evidence that it is over, or nothing was seen of it for long. */
  | 'resolved'
  /** It came back after it was resolved. */
  | 'reopened'
  /** Still open after hours, and nobody has acknowledged it. */
  | 'repeat'
  /** Many new problems at once were folded into one message. */
  | 'storm'
  /** What is to be done about a notice, and when, was worked out. */
  | 'planned'
  /** A step that the whole channel hears of, because somebody may want to look. */
  | 'notable'
  /** Somebody has to decide or to act, and those in charge are called by name. */
  | 'summons';

/** Why somebody is told. */
export type SpeakReason =
  | TimelineReason
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
  /** It is about an earlier deployment or incident than the one on record. */
  | 'superseded'
  /** Ordinary narration of a service: steady state, deployment in progress or completed. */
  | 'progress'
  /** Evidence that an open incident is over; it is closed when the evidence has held for some minutes. */
  | 'recovering'
  /** The message about it is up to date, or its next edit is already due. */
  | 'already-told'
  /** One of many new problems: the channel's digest tells it. */
  | 'storm'
  /** Its severity is low and its readers sleep: it is told when their quiet hours end. */
  | 'quiet-hours'
  /** Below the lowest severity that this installation tells of. */
  | 'below-severity'
  /** The service's owners switched alerts off by tag, or a mute of the configuration holds. */
  | 'muted'
  /** No destination is configured: the record is kept, nobody can be told. */
  | 'no-destination';

export type Reason = SpeakReason | QuietReason;
