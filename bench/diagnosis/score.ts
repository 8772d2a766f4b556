import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import { type Case, observedOf } from './corpus.ts';

/** How one case was answered. */
export interface Answer {
  readonly asked: Case;
  readonly cause: string;
  /** The answer is the label or one of the honest alternatives. */
  readonly isAccepted: boolean;
  readonly isExact: boolean;
  /** The worst kind of mistake: a wrong cause, stated as a fact. */
  readonly isWrongWhileCertain: boolean;
  readonly isBenignRight: boolean;
}

/** Counts of answers of each kind. */
export interface Score {
  readonly asked: number;
  readonly accepted: number;
  readonly exact: number;
  readonly wrongWhileCertain: number;
  readonly benignRight: number;
}

export function answer(asked: Case): Answer {
  const { cause, confidence, benign } = diagnose(observedOf(asked));
  const isAccepted = cause === asked.label || asked.also.includes(cause);
  return {
    asked,
    cause,
    isAccepted,
    isExact: cause === asked.label,
    isWrongWhileCertain: !isAccepted && confidence === 'certain',
    isBenignRight: benign === asked.benign,
  };
}

export function scoreOf(answers: readonly Answer[]): Score {
  const count = (is: (answer: Answer) => boolean) => answers.filter(is).length;
  return {
    asked: answers.length,
    accepted: count(({ isAccepted }) => isAccepted),
    exact: count(({ isExact }) => isExact),
    wrongWhileCertain: count(({ isWrongWhileCertain }) => isWrongWhileCertain),
    benignRight: count(({ isBenignRight }) => isBenignRight),
  };
}

/** `image` for `image/not-found`. */
export const areaOf = (cause: string): string => cause.slice(0, cause.indexOf('/'));
