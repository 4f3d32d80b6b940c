import type { Channel, HoldReason, Impact, ResolutionCode, Urgency } from '#domain/incident/incident.ts';

/** The five teams of the made-up desk. */
export const SAMPLE_TEAMS = [
  'Service Desk',
  'Workplace',
  'Network',
  'Business Applications',
  'Servers and Storage',
] as const;
export type SampleTeam = (typeof SAMPLE_TEAMS)[number];

/**
 * One kind of trouble as a desk knows it. `{device}`, `{room}` and `{site}` in a text stand for the caller's own.
 * Every list is chosen from by the generator.
 */
export interface Scenario {
  readonly team: SampleTeam;
  readonly category: string;
  readonly subcategory: string;
  readonly service: string;
  /** What it is about, where that is a thing of its own. */
  readonly item?: string;
  readonly shortDescriptions: readonly string[];
  readonly description: string;
  readonly impact: Impact;
  readonly urgency: Urgency;
  readonly channels: readonly Channel[];
  /** Work notes in the order in which they are written. */
  readonly notes: readonly string[];
  readonly reply: string;
  /** What the caller answers. */
  readonly answer: string;
  readonly hold: { readonly reason: HoldReason; readonly vendor?: string };
  readonly resolution: { readonly code: ResolutionCode; readonly notes: string };
  /** How often it happens, against 1. */
  readonly weight?: number;
}
