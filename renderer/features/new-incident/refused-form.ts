import type { FieldsOfRefusals } from '#renderer/ui/incident-fields/refused-fields.tsx';

/** The form's fields that a refusal can be about. */
export type FormField =
  | 'caller'
  | 'shortDescription'
  | 'description'
  | 'category'
  | 'service'
  | 'configurationItem'
  | 'assignmentGroup'
  | 'assignedTo';

export const REFUSED_FORM: FieldsOfRefusals<FormField> = {
  byCode: {
    needsShortDescription: 'shortDescription',
    needsGroup: 'assignmentGroup',
    ownerNotInGroup: 'assignedTo',
  },
  byArgument: {
    callerId: 'caller',
    shortDescription: 'shortDescription',
    description: 'description',
    categoryId: 'category',
    serviceId: 'service',
    configurationItemIds: 'configurationItem',
    assignmentGroupId: 'assignmentGroup',
    assignedToId: 'assignedTo',
  },
};
