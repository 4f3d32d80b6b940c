import type { Scenario } from './scenario.ts';
import { applications } from './scenarios/applications.ts';
import { network } from './scenarios/network.ts';
import { servers } from './scenarios/servers.ts';
import { serviceDesk } from './scenarios/service-desk.ts';
import { workplace } from './scenarios/workplace.ts';

export const SCENARIOS: readonly Scenario[] = [...serviceDesk, ...workplace, ...network, ...applications, ...servers];
