import { createContext, type RefObject, useCallback, useContext, useEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';

interface Field {
  /** Takes what is typed; false when it cannot be taken and the field says why. */
  settle(): boolean;
  element(): HTMLElement | null;
}

const FieldsContext = createContext<Set<Field> | null>(null);

/** Around the fields of one form, with the `fields` of its `useSettling`. */
export const SettlingFields = FieldsContext.Provider;

/** A form whose fields may hold what is typed and not yet taken: a text nothing was chosen for, half a date. */
export interface Settling {
  readonly fields: Set<Field>;
  /** Has every field take what is typed; where one cannot, it says so, has the focus, and the answer is false. */
  settle(): boolean;
}

const inOrder = (a: HTMLElement, b: HTMLElement) =>
  a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

export function useSettling(): Settling {
  return useMemo(() => {
    const fields = new Set<Field>();
    const settle = () => {
      const open: Field[] = [];
      // Drawn at once: whoever acts next must find in the form what was just taken.
      flushSync(() => open.push(...[...fields].filter((field) => !field.settle())));
      const elements = open.map((field) => field.element()).filter((element) => element !== null);
      elements.toSorted(inOrder)[0]?.focus();
      return open.length === 0;
    };
    return { fields, settle };
  }, []);
}

/** Makes the field part of its form's settling; outside of one it goes by itself. */
export function useSettledField(element: RefObject<HTMLElement | null>, settle: () => boolean): void {
  const fields = useContext(FieldsContext);
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    if (!fields) return;
    const field: Field = { settle: () => latest.current(), element: () => element.current };
    fields.add(field);
    return () => void fields.delete(field);
  }, [fields, element]);
}

/** The deed, done only once every field has been taken, and with what they gave. */
export function useWhenSettled<A extends unknown[]>(
  settling: Settling,
  deed: (...args: A) => void,
): (...args: A) => void {
  const latest = useRef(deed);
  latest.current = deed;
  return useCallback(
    (...args) => {
      if (settling.settle()) latest.current(...args);
    },
    [settling],
  );
}
