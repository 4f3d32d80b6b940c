import { z } from 'zod';

/** How far a JSON value of unknown shape may reach before anything copies or writes it. */
export interface JsonBounds {
  /** Characters of all strings and keys together, plus eight for every other value. */
  readonly size: number;
  readonly depth: number;
}

const DEPTH = 64;

interface Walk {
  left: number;
  trouble: 'shape' | 'size' | null;
}

const spend = (walk: Walk, amount: number): boolean => {
  walk.left -= amount;
  if (walk.left < 0) walk.trouble = 'size';
  return walk.left >= 0;
};

const misshapen = (walk: Walk): false => {
  walk.trouble = 'shape';
  return false;
};

const walkObject = (value: object, depth: number, walk: Walk): boolean => {
  if (depth === 0) return misshapen(walk);
  if (!spend(walk, 8)) return false;
  if (Array.isArray(value)) return value.every((item) => walkValue(item, depth - 1, walk));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return misshapen(walk);
  return Object.entries(value).every(
    ([key, item]) =>
      (key !== '__proto__' || misshapen(walk)) && spend(walk, key.length + 3) && walkValue(item, depth - 1, walk),
  );
};

const walkValue = (value: unknown, depth: number, walk: Walk): boolean => {
  switch (typeof value) {
    case 'string':
      return spend(walk, value.length + 2);
    case 'number':
      return Number.isFinite(value) ? spend(walk, 8) : misshapen(walk);
    case 'boolean':
    case 'undefined':
      return spend(walk, 8);
    case 'object':
      return value === null ? spend(walk, 8) : walkObject(value, depth, walk);
    default:
      return misshapen(walk);
  }
};

/**
 * What keeps a value from being plain JSON (members that are `undefined` count as absent) within the bounds, or
 * null. Looks only: a payload that passes is handed on as it came and is serialised once, where it is written.
 */
export const troubleWithJson = (value: unknown, bounds: JsonBounds): 'shape' | 'size' | null => {
  const walk: Walk = { left: bounds.size, trouble: null };
  walkValue(value, bounds.depth, walk);
  return walk.trouble;
};

const json = <T>(size: number, shape: (value: unknown) => boolean) =>
  z.custom<T>().check((context) => {
    const { value } = context;
    const trouble = shape(value) ? troubleWithJson(value, { size, depth: DEPTH }) : 'shape';
    if (trouble === 'size') {
      context.issues.push({ code: 'too_big', maximum: size, origin: 'string', inclusive: true, input: value });
    } else if (trouble === 'shape') {
      context.issues.push({ code: 'custom', message: 'not JSON', input: value });
    }
  });

const isArray = (value: unknown): boolean => Array.isArray(value);
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON of a shape main does not know: the process's own words, which it carries without reading them. */
export const boundedJson = (size: number) => json<unknown>(size, (value) => value !== undefined);
/** As `boundedJson`, with an array of `T` at the top, taken on trust. */
export const boundedJsonArray = <T>(size: number) => json<readonly T[]>(size, isArray);
/** As `boundedJson`, with an object at the top, whose type is taken on trust. */
export const boundedJsonObject = <T extends object>(size: number) => json<T>(size, isRecord);
