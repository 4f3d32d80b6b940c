import type { ReactNode } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { RefusalCode } from '#domain/command/command.ts';
import type { ErrorWords } from '#renderer/ui/error-words.ts';

/** Which field of a form a refusal speaks of: by its code, or by the argument it names in its details. */
export interface FieldsOfRefusals<F extends string> {
  readonly byCode: Readonly<Partial<Record<RefusalCode, F>>>;
  readonly byArgument?: Readonly<Record<string, F>>;
}

/** A refusal laid over a form. */
export interface RefusedFields<F extends string> {
  /** The refusal itself, a new object for every attempt; null while nothing was refused. */
  readonly refusal: EngineError | null;
  /** The sentence for this field's error: it marks the field invalid and describes it. */
  at(field: F): ReactNode;
  /** The sentence when it is about no field of this form. */
  readonly rest: string | null;
}

function fieldOf<F extends string>({ refusal }: EngineError, fields: FieldsOfRefusals<F>): F | undefined {
  if (!refusal) return undefined;
  const argument = String(refusal.details?.field ?? '');
  return fields.byCode[refusal.code] ?? fields.byArgument?.[argument];
}

/** Says each refusal at its field, read out at once as any error is; what is about no field is left to the form. */
export function refusedFields<F extends string>(
  error: EngineError | null,
  fields: FieldsOfRefusals<F>,
  words: ErrorWords,
): RefusedFields<F> {
  const refused = error && fieldOf(error, fields);
  const sentence = error && words.engine(error);
  return {
    refusal: error,
    at: (field) => (sentence !== null && refused === field ? <span role="alert">{sentence}</span> : undefined),
    rest: refused === undefined ? sentence : null,
  };
}
