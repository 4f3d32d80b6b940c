import { type RefObject, useEffect } from 'react';

/**
 * After a refusal the keys are where it can be mended: in the first field marked invalid. `refusal` is a new object
 * for every attempt, so that a second one in vain leads there again; null while nothing was refused.
 */
export function useFocusRefused(form: RefObject<HTMLElement | null>, refusal: object | null | undefined): void {
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, refusal]);
}
