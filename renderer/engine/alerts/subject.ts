import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { Incident } from '#domain/incident/incident.ts';

/** As much of a description as an alert keeps: one that came with an import can be as long as a cell. */
const LONGEST_DESCRIPTION = 1_200;

/** What an alert says of its incident. Notifications are read by whoever passes: no words of a confidential one. */
export const subjectOf = (incident: Incident) => ({
  incidentId: incident.id,
  number: incident.number,
  shortDescription: incident.confidential ? null : incident.shortDescription.slice(0, LONGEST_DESCRIPTION),
  priority: incident.priority,
});

/** Whether the alert says what would be said of the incident now. */
export const hasSubject = (record: AlertRecord, incident: Incident): boolean => {
  const { number, shortDescription, priority } = subjectOf(incident);
  return record.number === number && record.shortDescription === shortDescription && record.priority === priority;
};
