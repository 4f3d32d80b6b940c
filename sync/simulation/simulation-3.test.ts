import { simulations } from './simulations.suite.ts';

simulations(3);
